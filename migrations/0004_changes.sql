CREATE TABLE `changes` (
	`id` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`release` integer NOT NULL,
	`noun` text NOT NULL,
	`record` text NOT NULL,
	`title` text,
	`change` text NOT NULL,
	`properties` text NOT NULL,
	FOREIGN KEY (`release`) REFERENCES `releases`(`number`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `changes_sort_key_unique` ON `changes` (`sort_key`);--> statement-breakpoint
CREATE TABLE `releases` (
	`number` integer PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`previous` text,
	`date` text NOT NULL,
	`version` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `release` ADD `log` text NOT NULL;