CREATE TABLE `wecom_callbacks` (
	`key` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `wecom_callbacks_due` ON `wecom_callbacks` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE TABLE `wecom_codes` (
	`code` text PRIMARY KEY NOT NULL,
	`external_user_id` text NOT NULL,
	`user_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL,
	`used_by` text
);
--> statement-breakpoint
CREATE INDEX `wecom_codes_friend` ON `wecom_codes` (`external_user_id`,`at`);--> statement-breakpoint
CREATE TABLE `wecom_follows` (
	`external_user_id` text NOT NULL,
	`user_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`added_at` integer NOT NULL,
	`removed_at` integer,
	`state` text,
	PRIMARY KEY(`external_user_id`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `wecom_follows_customer` ON `wecom_follows` (`customer_id`);--> statement-breakpoint
CREATE TABLE `wecom_recipients` (
	`message_id` integer PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`external_user_id` text NOT NULL,
	`hash` text NOT NULL,
	`gathered_at` integer NOT NULL,
	`task_id` integer,
	`result` integer
);
--> statement-breakpoint
CREATE INDEX `wecom_recipients_task` ON `wecom_recipients` (`task_id`);--> statement-breakpoint
CREATE INDEX `wecom_recipients_gathered` ON `wecom_recipients` (`hash`) WHERE task_id is null;--> statement-breakpoint
CREATE INDEX `wecom_recipients_customer` ON `wecom_recipients` (`customer_id`);--> statement-breakpoint
CREATE TABLE `wecom_tasks` (
	`id` integer PRIMARY KEY NOT NULL,
	`sender` text NOT NULL,
	`hash` text NOT NULL,
	`status` text NOT NULL,
	`msgid` text,
	`made_at` integer NOT NULL,
	`due_at` integer,
	`looks` integer DEFAULT 0 NOT NULL,
	`reminders` text DEFAULT '[]' NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `wecom_tasks_due` ON `wecom_tasks` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
ALTER TABLE `messages` ADD `way` text;