CREATE TABLE `tracking_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`origins` text NOT NULL,
	`made_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE TABLE `visits` (
	`visitor` text NOT NULL,
	`name` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`properties` text NOT NULL,
	`tracking_key` text NOT NULL,
	PRIMARY KEY(`visitor`, `name`, `id`)
);
--> statement-breakpoint
CREATE INDEX `visits_received` ON `visits` (`received_at`);