CREATE TABLE `pick_goods` (
	`item` text PRIMARY KEY NOT NULL,
	`place` integer NOT NULL,
	`share` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `pick_goods_place` ON `pick_goods` (`place`);--> statement-breakpoint
CREATE TABLE `pick_neighbours` (
	`item` text NOT NULL,
	`place` integer NOT NULL,
	`other` text NOT NULL,
	`more` real NOT NULL,
	PRIMARY KEY(`item`, `place`)
);
--> statement-breakpoint
CREATE TABLE `pick_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`report` text NOT NULL
);
