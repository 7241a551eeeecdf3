CREATE TABLE `asks` (
	`enrollment_id` integer NOT NULL,
	`node` text NOT NULL,
	`visit` integer NOT NULL,
	`request` text NOT NULL,
	`reply` text,
	`model` text,
	`prompt` text,
	`input_tokens` integer,
	`output_tokens` integer,
	`cost_milli` integer,
	`due_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`enrollment_id`, `node`, `visit`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `asks_due` ON `asks` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE TABLE `audience_members` (
	`audience` text NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL,
	`enrollment_id` integer,
	PRIMARY KEY(`audience`, `customer_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audience_members_customer` ON `audience_members` (`customer_id`);--> statement-breakpoint
CREATE TABLE `audiences` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`condition` text,
	`journey_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `coupons` (
	`code` text PRIMARY KEY NOT NULL,
	`enrollment_id` integer NOT NULL,
	`node` text NOT NULL,
	`customer_id` text NOT NULL,
	`journey_id` text NOT NULL,
	`value` integer NOT NULL,
	`min_spend` integer NOT NULL,
	`name` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`redeemed_at` integer
);
--> statement-breakpoint
CREATE INDEX `coupons_customer` ON `coupons` (`customer_id`);--> statement-breakpoint
CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`shard` integer NOT NULL,
	`name` text,
	`phone` text,
	`email` text,
	`gender` text,
	`birthday` text,
	`city` text,
	`registered_at` integer,
	`timezone` text,
	`language` text,
	`consent_sms` integer,
	`consent_email` integer,
	`blacklisted` integer DEFAULT 0 NOT NULL,
	`attributes` text DEFAULT '{}' NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `customers_phone` ON `customers` (`phone`);--> statement-breakpoint
CREATE INDEX `customers_email` ON `customers` (`email`);--> statement-breakpoint
CREATE TABLE `enrollments` (
	`id` integer PRIMARY KEY NOT NULL,
	`shard` integer NOT NULL,
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`customer_id` text NOT NULL,
	`entry_key` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`status` text NOT NULL,
	`due_at` integer,
	`wait_event` text,
	`entered_at` integer NOT NULL,
	`arrived_at` integer NOT NULL,
	`control` integer NOT NULL,
	`steps` integer NOT NULL,
	`entry` text NOT NULL,
	`data` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`ended_at` integer,
	`ending` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_live` ON `enrollments` (`journey_id`,`customer_id`,`entry_key`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `enrollments_due` ON `enrollments` (`journey_id`,`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `enrollments_customer` ON `enrollments` (`customer_id`,`journey_id`);--> statement-breakpoint
CREATE INDEX `enrollments_stuck` ON `enrollments` (`journey_id`) WHERE status = 'stuck';--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`customer_id` text NOT NULL,
	`shard` integer NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`amount` integer,
	`properties` text DEFAULT '{}' NOT NULL,
	`source` text NOT NULL,
	`pending` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id` ON `events` (`name`,`id`);--> statement-breakpoint
CREATE INDEX `events_customer` ON `events` (`customer_id`,`name`,`at`);--> statement-breakpoint
CREATE INDEX `events_name_at` ON `events` (`name`,`at`);--> statement-breakpoint
CREATE INDEX `events_pending` ON `events` (`at`,`seq`) WHERE pending = 1;--> statement-breakpoint
CREATE TABLE `figures` (
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`node` text NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`journey_id`, `version`, `node`, `kind`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `goal_hits` (
	`enrollment_id` integer NOT NULL,
	`goal` text NOT NULL,
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`control` integer NOT NULL,
	`event_id` text NOT NULL,
	`at` integer NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`enrollment_id`, `goal`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `goal_hits_journey` ON `goal_hits` (`journey_id`,`goal`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`report` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`message_id` integer,
	`delivery_key` text NOT NULL,
	`channel` text NOT NULL,
	`direction` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`html` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_key` ON `inbox` (`delivery_key`);--> statement-breakpoint
CREATE INDEX `inbox_customer` ON `inbox` (`customer_id`,`at`);--> statement-breakpoint
CREATE TABLE `journeys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`draft` text NOT NULL,
	`revision` integer NOT NULL,
	`live_version` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`shard` integer NOT NULL,
	`enrollment_id` integer NOT NULL,
	`node` text NOT NULL,
	`visit` integer NOT NULL,
	`journey_id` text NOT NULL,
	`version` integer NOT NULL,
	`customer_id` text NOT NULL,
	`channel` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`purpose` text NOT NULL,
	`status` text NOT NULL,
	`due_at` integer,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`provider_id` text,
	`parts` integer NOT NULL,
	`cost_milli` integer NOT NULL,
	`coupon` text,
	`model` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_visit` ON `messages` (`enrollment_id`,`node`,`visit`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`journey_id`,`channel`,`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `messages_customer` ON `messages` (`customer_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `messages_provider` ON `messages` (`provider_id`) WHERE provider_id is not null;--> statement-breakpoint
CREATE INDEX `messages_status` ON `messages` (`status`) WHERE status in ('sending', 'unknown', 'failed');--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `planned_events` (
	`id` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	`amount` integer,
	`properties` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `planned_events_at` ON `planned_events` (`at`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`id` text PRIMARY KEY NOT NULL,
	`message_id` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `receipts_message` ON `receipts` (`message_id`);--> statement-breakpoint
CREATE TABLE `tags` (
	`customer_id` text NOT NULL,
	`tag` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`customer_id`, `tag`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tags_tag` ON `tags` (`tag`);--> statement-breakpoint
CREATE TABLE `traces` (
	`enrollment_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`node` text NOT NULL,
	`outcome` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`enrollment_id`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `triggers` (
	`journey_id` text NOT NULL,
	`node` text NOT NULL,
	`version` integer NOT NULL,
	`due_at` integer,
	`anchor` text,
	`fired_at` integer,
	`cursor` text,
	PRIMARY KEY(`journey_id`, `node`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `unsubscribes` (
	`customer_id` text NOT NULL,
	`channel` text NOT NULL,
	`at` integer NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`customer_id`, `channel`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `versions` (
	`journey_id` text NOT NULL,
	`number` integer NOT NULL,
	`hash` text NOT NULL,
	`graph` text NOT NULL,
	`transitions` text NOT NULL,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`journey_id`, `number`)
) WITHOUT ROWID;
