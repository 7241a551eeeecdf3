CREATE TABLE `asset_files` (
	`hash` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`data` blob NOT NULL,
	`left_at` integer
);
--> statement-breakpoint
CREATE TABLE `assets` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`alt` text NOT NULL,
	`hash` text NOT NULL,
	`type` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`bytes` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `assets_hash` ON `assets` (`hash`);--> statement-breakpoint
CREATE TABLE `links` (
	`code` text PRIMARY KEY NOT NULL,
	`enrollment_id` integer NOT NULL,
	`node` text NOT NULL,
	`visit` integer NOT NULL,
	`customer_id` text NOT NULL,
	`place` integer NOT NULL,
	`target` text NOT NULL,
	`until` text,
	`after` text,
	`clicks` integer DEFAULT 0 NOT NULL,
	`robots` integer DEFAULT 0 NOT NULL,
	`first_at` integer
);
--> statement-breakpoint
CREATE INDEX `links_message` ON `links` (`enrollment_id`,`node`,`visit`);--> statement-breakpoint
CREATE INDEX `links_customer` ON `links` (`customer_id`);