CREATE TABLE `action_lines` (
	`code` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`geneva_title` text NOT NULL,
	`parent` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `action_lines_sort_key_unique` ON `action_lines` (`sort_key`);--> statement-breakpoint
CREATE TABLE `agencies` (
	`id` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`acronym` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`aliases` text NOT NULL,
	`homepage` text,
	`city` text,
	`country` text,
	`ror` text,
	`isni` text,
	`wikidata` text,
	`dac_channel` text,
	`note` text,
	`sources` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agencies_sort_key_unique` ON `agencies` (`sort_key`);--> statement-breakpoint
CREATE TABLE `agency_reach` (
	`agency` text NOT NULL,
	`named_as` text NOT NULL,
	PRIMARY KEY(`agency`, `named_as`),
	FOREIGN KEY (`agency`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`named_as`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `agency_reach_named_as` ON `agency_reach` (`named_as`);--> statement-breakpoint
CREATE TABLE `annex_rows` (
	`source` text NOT NULL,
	`action_line` text NOT NULL,
	`printed_label` text NOT NULL,
	`printed_coordinators` text NOT NULL,
	PRIMARY KEY(`source`, `action_line`),
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`action_line`) REFERENCES `action_lines`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `coordinations` (
	`id` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`source` text NOT NULL,
	`action_line` text NOT NULL,
	`agency` text NOT NULL,
	`role` text NOT NULL,
	`role_as_worded` text,
	`position` integer,
	`as_of` text,
	`url` text,
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`action_line`) REFERENCES `action_lines`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agency`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coordinations_sort_key_unique` ON `coordinations` (`sort_key`);--> statement-breakpoint
CREATE INDEX `coordinations_action_line` ON `coordinations` (`action_line`);--> statement-breakpoint
CREATE INDEX `coordinations_agency` ON `coordinations` (`agency`);--> statement-breakpoint
CREATE INDEX `coordinations_source` ON `coordinations` (`source`);--> statement-breakpoint
CREATE TABLE `group_members` (
	`group_id` text NOT NULL,
	`member_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`group_id`, `member_id`),
	FOREIGN KEY (`group_id`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `group_members_member` ON `group_members` (`member_id`);--> statement-breakpoint
CREATE TABLE `names` (
	`noun` text NOT NULL,
	`folded` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`noun`, `folded`)
);
--> statement-breakpoint
CREATE TABLE `release` (
	`dataset` text PRIMARY KEY NOT NULL,
	`builder` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sdg_links` (
	`action_line` text NOT NULL,
	`goal` integer NOT NULL,
	`title` text NOT NULL,
	`iri` text NOT NULL,
	`targets` text NOT NULL,
	`source_title` text NOT NULL,
	`source_url` text NOT NULL,
	PRIMARY KEY(`action_line`, `goal`),
	FOREIGN KEY (`action_line`) REFERENCES `action_lines`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`document` text,
	`date` text,
	`date_range` text,
	`status` text NOT NULL,
	`complete` integer NOT NULL,
	`url` text,
	`note` text,
	`passages` text NOT NULL,
	`is_default` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_sort_key_unique` ON `sources` (`sort_key`);