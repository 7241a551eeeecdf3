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