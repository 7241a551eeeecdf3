ALTER TABLE `changes` ADD `passages` text;--> statement-breakpoint
CREATE TRIGGER `enrollments_moved_changes` AFTER UPDATE OF `customer_id`, `journey_id` ON `enrollments` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `passages`) VALUES ('acts', new.`customer_id`, json_array(new.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `enrollments_removed_changes` AFTER DELETE ON `enrollments` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `passages`) VALUES ('acts', old.`customer_id`, json_array(old.`id`));
END;
--> statement-breakpoint
CREATE TRIGGER `messages_settled_changes` AFTER UPDATE OF `status` ON `messages`
WHEN old.`status` IS NOT new.`status` AND (new.`status` IN ('failed', 'held', 'cancelled') OR old.`status` IN ('failed', 'held', 'cancelled')) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `passages`) VALUES ('acts', new.`customer_id`, json_array(new.`enrollment_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `goal_hits_changed_changes` AFTER UPDATE OF `value` ON `goal_hits` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `passages`) VALUES ('acts', new.`customer_id`, json_array(new.`enrollment_id`));
END;
--> statement-breakpoint
CREATE TRIGGER `goal_hits_removed_changes` AFTER DELETE ON `goal_hits` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `passages`) VALUES ('acts', old.`customer_id`, json_array(old.`enrollment_id`));
END;
