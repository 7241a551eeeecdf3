CREATE TABLE `model_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`fitted` text NOT NULL,
	`report` text NOT NULL,
	`last_event` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `scores` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`scores` text NOT NULL,
	`reasons` text NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `scores_added_changes` AFTER INSERT ON `scores` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `scores_changed_changes` AFTER UPDATE OF `customer_id`, `scores` ON `scores`
WHEN old.`customer_id` IS NOT new.`customer_id` OR old.`scores` IS NOT new.`scores` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', old.`customer_id` WHERE old.`customer_id` IS NOT new.`customer_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `scores_removed_changes` AFTER DELETE ON `scores` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`customer_id`);
END;
