CREATE TABLE `outcome_documents` (
	`id` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`title` text,
	`organizer` text,
	`date` text,
	`start` text,
	`end` text,
	`utc_offset` text,
	`printed_zone` text,
	`url` text,
	`template` text,
	`fidelity` text NOT NULL,
	`sections` text NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outcome_documents_sort_key_unique` ON `outcome_documents` (`sort_key`);--> statement-breakpoint
CREATE TABLE `session_agencies` (
	`session` text NOT NULL,
	`agency` text NOT NULL,
	PRIMARY KEY(`session`, `agency`),
	FOREIGN KEY (`session`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`agency`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_agencies_agency` ON `session_agencies` (`agency`);--> statement-breakpoint
CREATE TABLE `session_lines` (
	`session` text NOT NULL,
	`action_line` text NOT NULL,
	`basis` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`session`, `action_line`),
	FOREIGN KEY (`session`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`action_line`) REFERENCES `action_lines`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_lines_action_line` ON `session_lines` (`action_line`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`sort_key` text NOT NULL,
	`forum_year` integer NOT NULL,
	`number` integer,
	`title` text NOT NULL,
	`organizers` text NOT NULL,
	`facilitators` text NOT NULL,
	`date` text,
	`start` text,
	`end` text,
	`utc_offset` text,
	`printed_zone` text,
	`type` text,
	`action_lines_complete` integer,
	`sdgs` text NOT NULL,
	`url` text,
	`source_title` text,
	`source_url` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_sort_key_unique` ON `sessions` (`sort_key`);