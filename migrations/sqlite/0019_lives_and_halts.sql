CREATE TABLE `channel_halts` (
	`channel` text NOT NULL,
	`endpoint` text NOT NULL,
	`mend` text NOT NULL,
	`code` text NOT NULL,
	`detail` text NOT NULL,
	`since` integer NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	PRIMARY KEY(`channel`, `endpoint`)
);
--> statement-breakpoint
ALTER TABLE `asks` ADD `life` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `life` text;--> statement-breakpoint
CREATE INDEX `messages_restored` ON `messages` (`journey_id`) WHERE error = 'held: restored';