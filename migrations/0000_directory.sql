CREATE TABLE `action_line_agencies` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`sort_key`) REFERENCES `action_lines`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `action_line_editions` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `action_lines`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `action_line_goals` (
	`value` integer NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`sort_key`) REFERENCES `action_lines`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `action_lines` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`kind` text NOT NULL,
	`parent` text,
	FOREIGN KEY (`parent`) REFERENCES `action_lines`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `action_lines_id_unique` ON `action_lines` (`id`);--> statement-breakpoint
CREATE INDEX `action_lines_kind` ON `action_lines` (`kind`,`sort_key`);--> statement-breakpoint
CREATE INDEX `action_lines_parent` ON `action_lines` (`parent`,`sort_key`);--> statement-breakpoint
CREATE TABLE `agency_action_lines` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`sort_key`) REFERENCES `agencies`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `agency_editions` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `editions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `agencies`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `agency_groups` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `agencies`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `agencies` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`kind` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `agencies_id_unique` ON `agencies` (`id`);--> statement-breakpoint
CREATE INDEX `agencies_kind` ON `agencies` (`kind`,`sort_key`);--> statement-breakpoint
CREATE TABLE `changes` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`noun` text NOT NULL,
	`record` text NOT NULL,
	`change` text NOT NULL,
	`release` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `changes_id_unique` ON `changes` (`id`);--> statement-breakpoint
CREATE INDEX `changes_noun` ON `changes` (`noun`,`sort_key`);--> statement-breakpoint
CREATE INDEX `changes_record` ON `changes` (`record`,`sort_key`);--> statement-breakpoint
CREATE INDEX `changes_change` ON `changes` (`change`,`sort_key`);--> statement-breakpoint
CREATE INDEX `changes_release` ON `changes` (`release`,`sort_key`);--> statement-breakpoint
CREATE TABLE `coordination_action_lines` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `action_lines`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `coordinations`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `coordination_agencies` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `coordinations`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `coordinations` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`source` text NOT NULL,
	`role` text NOT NULL,
	`appointment` integer NOT NULL,
	`last_day` text,
	FOREIGN KEY (`source`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coordinations_id_unique` ON `coordinations` (`id`);--> statement-breakpoint
CREATE INDEX `coordinations_source` ON `coordinations` (`source`,`sort_key`);--> statement-breakpoint
CREATE INDEX `coordinations_role` ON `coordinations` (`role`,`sort_key`);--> statement-breakpoint
CREATE INDEX `coordinations_appointment` ON `coordinations` (`appointment`,`sort_key`);--> statement-breakpoint
CREATE INDEX `coordinations_last_day` ON `coordinations` (`last_day`,`sort_key`);--> statement-breakpoint
CREATE TABLE `editions` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`role` text NOT NULL,
	`status` text NOT NULL,
	`authority` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `editions_id_unique` ON `editions` (`id`);--> statement-breakpoint
CREATE INDEX `editions_role` ON `editions` (`role`,`sort_key`);--> statement-breakpoint
CREATE INDEX `editions_status` ON `editions` (`status`,`sort_key`);--> statement-breakpoint
CREATE INDEX `editions_authority` ON `editions` (`authority`,`sort_key`);--> statement-breakpoint
CREATE TABLE `forums` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `forums_id_unique` ON `forums` (`id`);--> statement-breakpoint
CREATE TABLE `outcome_document_action_lines` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `action_lines`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `outcome_documents`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `outcome_documents` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`forum_year` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outcome_documents_id_unique` ON `outcome_documents` (`id`);--> statement-breakpoint
CREATE INDEX `outcome_documents_forum_year` ON `outcome_documents` (`forum_year`,`sort_key`);--> statement-breakpoint
CREATE TABLE `session_action_lines` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `action_lines`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `sessions`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `session_agencies` (
	`value` text NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`value`) REFERENCES `agencies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sort_key`) REFERENCES `sessions`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `session_goals` (
	`value` integer NOT NULL,
	`sort_key` text NOT NULL,
	PRIMARY KEY(`value`, `sort_key`),
	FOREIGN KEY (`sort_key`) REFERENCES `sessions`(`sort_key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`forum_year` integer,
	`date` text,
	`type` text,
	`has_outcome` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_id_unique` ON `sessions` (`id`);--> statement-breakpoint
CREATE INDEX `sessions_forum_year` ON `sessions` (`forum_year`,`sort_key`);--> statement-breakpoint
CREATE INDEX `sessions_date` ON `sessions` (`date`,`sort_key`);--> statement-breakpoint
CREATE INDEX `sessions_type` ON `sessions` (`type`,`sort_key`);--> statement-breakpoint
CREATE INDEX `sessions_has_outcome` ON `sessions` (`has_outcome`,`sort_key`);--> statement-breakpoint
CREATE TABLE `sources` (
	`sort_key` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`json` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`authority` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_id_unique` ON `sources` (`id`);--> statement-breakpoint
CREATE INDEX `sources_kind` ON `sources` (`kind`,`sort_key`);--> statement-breakpoint
CREATE INDEX `sources_status` ON `sources` (`status`,`sort_key`);--> statement-breakpoint
CREATE INDEX `sources_authority` ON `sources` (`authority`,`sort_key`);--> statement-breakpoint
CREATE TABLE `exports` (
	`name` text PRIMARY KEY NOT NULL,
	`public_url` text NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`gzip` blob NOT NULL,
	`br` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `names` (
	`name_set` text NOT NULL,
	`folded` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`name_set`, `folded`, `id`)
);
--> statement-breakpoint
CREATE TABLE `release` (
	`dataset` text PRIMARY KEY NOT NULL,
	`log` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `releases` (
	`number` integer PRIMARY KEY NOT NULL,
	`dataset` text NOT NULL,
	`date` text NOT NULL
);
