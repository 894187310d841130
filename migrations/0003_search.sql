CREATE TABLE `search_entries` (
	`position` integer PRIMARY KEY NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`names` text NOT NULL,
	`titles` text NOT NULL,
	`coordinators` text NOT NULL,
	`texts` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_entries_place_unique` ON `search_entries` (`place`);--> statement-breakpoint
-- Written by hand: Drizzle does not know virtual tables.
CREATE VIRTUAL TABLE `search` USING fts5(
	`names`, `titles`, `coordinators`, `texts`,
	content = 'search_entries', content_rowid = 'position',
	tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
);
