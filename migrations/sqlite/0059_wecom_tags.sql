CREATE TABLE `wecom_marks` (
	`customer_id` text NOT NULL,
	`tag_id` text NOT NULL,
	`known` integer,
	`turn` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`told_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	PRIMARY KEY(`customer_id`, `tag_id`)
);
--> statement-breakpoint
CREATE INDEX `wecom_marks_due` ON `wecom_marks` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `wecom_marks_tag` ON `wecom_marks` (`tag_id`);--> statement-breakpoint
CREATE TABLE `wecom_tags` (
	`tag` text PRIMARY KEY NOT NULL,
	`tag_id` text NOT NULL,
	`group_id` text NOT NULL,
	`group_name` text NOT NULL,
	`name` text NOT NULL,
	`bound_at` integer NOT NULL,
	`gone_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wecom_tags_tag_id_unique` ON `wecom_tags` (`tag_id`);--> statement-breakpoint
CREATE TRIGGER `wecom_tag_put` AFTER INSERT ON `tags`
WHEN EXISTS (SELECT 1 FROM `wecom_tags` WHERE `tag` = new.`tag` AND `gone_at` IS NULL) BEGIN
	UPDATE `wecom_marks` SET `due_at` = 0, `turn` = `turn` + 1, `attempts` = 0
		WHERE `customer_id` = new.`customer_id` AND `tag_id` = (SELECT `tag_id` FROM `wecom_tags` WHERE `tag` = new.`tag`);
	INSERT INTO `wecom_marks` (`customer_id`, `tag_id`, `due_at`)
		SELECT new.`customer_id`, b.`tag_id`, 0 FROM `wecom_tags` b WHERE b.`tag` = new.`tag`
			AND NOT EXISTS (SELECT 1 FROM `wecom_marks` m WHERE m.`customer_id` = new.`customer_id` AND m.`tag_id` = b.`tag_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `wecom_tag_taken` AFTER DELETE ON `tags`
WHEN EXISTS (SELECT 1 FROM `wecom_tags` WHERE `tag` = old.`tag` AND `gone_at` IS NULL) BEGIN
	UPDATE `wecom_marks` SET `due_at` = 0, `turn` = `turn` + 1, `attempts` = 0
		WHERE `customer_id` = old.`customer_id` AND `tag_id` = (SELECT `tag_id` FROM `wecom_tags` WHERE `tag` = old.`tag`);
END;
