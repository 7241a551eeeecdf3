CREATE TABLE `wecom_ways` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`users` text NOT NULL,
	`skip_verify` integer NOT NULL,
	`config_id` text,
	`qr_url` text,
	`picture` text,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wecom_ways_state_unique` ON `wecom_ways` (`state`);--> statement-breakpoint
CREATE INDEX `wecom_follows_state` ON `wecom_follows` (`state`) WHERE state is not null;