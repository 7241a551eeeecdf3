CREATE TABLE `sources` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`reference` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sources_named` ON `sources` (`kind`,`name`,`reference`,`at`);--> statement-breakpoint
ALTER TABLE `customers` ADD `origins` text;--> statement-breakpoint
ALTER TABLE `tags` ADD `source` integer;--> statement-breakpoint
INSERT INTO `sources` (`id`, `kind`, `name`, `reference`, `at`) VALUES (0, 'unknown', '', '', unixepoch() * 1000);
