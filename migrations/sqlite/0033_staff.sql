CREATE TABLE `assign_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`place` integer NOT NULL,
	`name` text NOT NULL,
	`active` integer NOT NULL,
	`condition` text,
	`target` text NOT NULL,
	`last` text
);
--> statement-breakpoint
CREATE TABLE `givings` (
	`id` integer PRIMARY KEY NOT NULL,
	`way` text NOT NULL,
	`target` text,
	`why` text NOT NULL,
	`source` text,
	`unowned` integer NOT NULL,
	`actor` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `owners` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`staff` text NOT NULL,
	`since` integer NOT NULL,
	`by` text NOT NULL,
	`rule` text,
	`until` integer,
	`ended` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `owners_current` ON `owners` (`customer_id`) WHERE until is null;--> statement-breakpoint
CREATE INDEX `owners_customer` ON `owners` (`customer_id`,`since`);--> statement-breakpoint
CREATE INDEX `owners_staff` ON `owners` (`staff`,`customer_id`) WHERE until is null;--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`email` text,
	`wecom` text,
	`team` text,
	`regions` text DEFAULT '[]' NOT NULL,
	`categories` text DEFAULT '[]' NOT NULL,
	`active` integer DEFAULT 1 NOT NULL,
	`away_from` text,
	`away_to` text,
	`ceiling` integer,
	`password_mark` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_team` ON `staff` (`team`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`enrollment_id` integer NOT NULL,
	`node` text NOT NULL,
	`visit` integer NOT NULL,
	`customer_id` text NOT NULL,
	`staff` text,
	`team` text,
	`taken_at` integer,
	`priority` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`until` integer NOT NULL,
	`done_at` integer,
	`result` text,
	`done_by` text,
	PRIMARY KEY(`enrollment_id`, `node`, `visit`)
);
--> statement-breakpoint
CREATE INDEX `tasks_staff` ON `tasks` (`staff`,`until`) WHERE done_at is null;--> statement-breakpoint
CREATE INDEX `tasks_customer` ON `tasks` (`customer_id`) WHERE done_at is null;--> statement-breakpoint
CREATE INDEX `tasks_created` ON `tasks` (`created_at`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`leader` text
);
--> statement-breakpoint
CREATE TABLE `to_give` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`giving` integer
);
--> statement-breakpoint
CREATE TRIGGER `owners_added_changes` AFTER INSERT ON `owners` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `owners_changed_changes` AFTER UPDATE OF `customer_id`, `staff`, `until` ON `owners` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', old.`customer_id` WHERE old.`customer_id` IS NOT new.`customer_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `owners_removed_changes` AFTER DELETE ON `owners` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `staff_changed_changes` AFTER UPDATE OF `name`, `phone`, `team` ON `staff`
WHEN old.`name` IS NOT new.`name` OR old.`phone` IS NOT new.`phone` OR old.`team` IS NOT new.`team` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', `customer_id` FROM `owners` WHERE `staff` = new.`id` AND `until` IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER `customers_added_to_give` AFTER INSERT ON `customers`
WHEN EXISTS (SELECT 1 FROM `assign_rules` WHERE `active` = 1) BEGIN
  INSERT OR IGNORE INTO `to_give` (`customer_id`, `giving`) VALUES (new.`id`, NULL);
END;
