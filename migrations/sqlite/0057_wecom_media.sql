CREATE TABLE `wecom_media` (
	`corp_id` text NOT NULL,
	`picture` text NOT NULL,
	`media_id` text NOT NULL,
	`given_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	PRIMARY KEY(`corp_id`, `picture`)
);
