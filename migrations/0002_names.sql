ALTER TABLE `agencies` ADD `names` text NOT NULL;--> statement-breakpoint
ALTER TABLE `names` ADD `name` text NOT NULL;