CREATE TABLE `wechat_callbacks` (
	`key` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `wechat_callbacks_due` ON `wechat_callbacks` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE TABLE `wechat_followers` (
	`openid` text PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`followed_at` integer NOT NULL,
	`left_at` integer,
	`source` text
);
--> statement-breakpoint
CREATE INDEX `wechat_followers_customer` ON `wechat_followers` (`customer_id`);--> statement-breakpoint
CREATE TABLE `wechat_grants` (
	`openid` text NOT NULL,
	`kind` text NOT NULL,
	`template` text NOT NULL,
	`customer_id` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer,
	`left` integer NOT NULL,
	PRIMARY KEY(`openid`, `kind`, `template`)
);
--> statement-breakpoint
CREATE INDEX `wechat_grants_customer` ON `wechat_grants` (`customer_id`);