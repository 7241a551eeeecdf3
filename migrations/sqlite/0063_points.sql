CREATE TABLE `points` (
	`seq` integer PRIMARY KEY NOT NULL,
	`customer_id` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`amount` integer NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`reason` text NOT NULL,
	`reference` text,
	`lot` integer,
	`expires_at` integer,
	`due_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `points_key` ON `points` (`key`);--> statement-breakpoint
CREATE INDEX `points_customer` ON `points` (`customer_id`,`amount`);--> statement-breakpoint
CREATE INDEX `points_due` ON `points` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE TRIGGER `points_added_changes` AFTER INSERT ON `points` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `points_changed_changes` AFTER UPDATE OF `customer_id`, `amount` ON `points` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', old.`customer_id` WHERE old.`customer_id` IS NOT new.`customer_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `points_removed_changes` AFTER DELETE ON `points` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`customer_id`);
END;
