CREATE TABLE `idempotent_calls` (
	`caller` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`process` text NOT NULL,
	`status` integer,
	`type` text,
	`answer` text,
	`begun_at` integer NOT NULL,
	PRIMARY KEY(`caller`, `route`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotent_calls_begun` ON `idempotent_calls` (`begun_at`);--> statement-breakpoint
CREATE TABLE `refused_rows` (
	`day` integer NOT NULL,
	`caller` text NOT NULL,
	`kind` text NOT NULL,
	`code` text NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`day`, `caller`, `kind`, `code`)
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`message_id` text NOT NULL,
	`endpoint_id` text NOT NULL,
	`customer_id` text,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`last_at` integer,
	`status` integer,
	`error` text,
	`answer` text,
	`ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_once` ON `webhook_deliveries` (`message_id`,`endpoint_id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`endpoint_id`,`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_endpoint` ON `webhook_deliveries` (`endpoint_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_customer` ON `webhook_deliveries` (`customer_id`) WHERE customer_id is not null;--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`kinds` text NOT NULL,
	`events` text,
	`allow_private` integer DEFAULT 0 NOT NULL,
	`in_sandbox` integer DEFAULT 0 NOT NULL,
	`off` text,
	`off_at` integer,
	`failing_since` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`rest_until` integer,
	`last_at` integer,
	`last_status` integer,
	`old_secret_until` integer,
	`made_at` integer NOT NULL,
	`made_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_happenings` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text,
	`ref` text NOT NULL,
	`at` integer NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE TABLE `webhook_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`customer_id` text,
	`event_name` text,
	`body` text NOT NULL,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `webhook_messages_made` ON `webhook_messages` (`made_at`);--> statement-breakpoint
CREATE INDEX `webhook_messages_customer` ON `webhook_messages` (`customer_id`) WHERE customer_id is not null;