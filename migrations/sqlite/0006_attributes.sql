CREATE TABLE `attributes` (
	`name` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`format` text,
	`chosen` integer DEFAULT 0 NOT NULL,
	`filled` integer NOT NULL,
	`unreadable` integer NOT NULL,
	`updated_at` integer NOT NULL
);
