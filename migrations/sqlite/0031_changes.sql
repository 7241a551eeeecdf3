CREATE TABLE `changes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`part` text NOT NULL,
	`customer_id` text NOT NULL,
	`event_seq` integer
);
--> statement-breakpoint
INSERT INTO `meta` (`key`, `value`) VALUES ('copy:generation', json_quote(lower(hex(randomblob(8)))));
--> statement-breakpoint
CREATE TRIGGER `customers_added_changes` AFTER INSERT ON `customers` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `customers_changed_changes` AFTER UPDATE OF `id`, `name`, `phone`, `email`, `gender`, `birthday`, `city`, `registered_at`, `timezone`, `language`, `attributes` ON `customers`
WHEN old.`id` IS NOT new.`id` OR old.`name` IS NOT new.`name` OR old.`phone` IS NOT new.`phone` OR old.`email` IS NOT new.`email`
  OR old.`gender` IS NOT new.`gender` OR old.`birthday` IS NOT new.`birthday` OR old.`city` IS NOT new.`city`
  OR old.`registered_at` IS NOT new.`registered_at` OR old.`timezone` IS NOT new.`timezone`
  OR old.`language` IS NOT new.`language` OR old.`attributes` IS NOT new.`attributes` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`id`);
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', old.`id` WHERE old.`id` IS NOT new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `customers_removed_changes` AFTER DELETE ON `customers` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`id`);
END;
--> statement-breakpoint
CREATE TRIGGER `tags_added_changes` AFTER INSERT ON `tags` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('tags', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `tags_changed_changes` AFTER UPDATE OF `customer_id`, `tag` ON `tags` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('tags', old.`customer_id`), ('tags', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `tags_removed_changes` AFTER DELETE ON `tags` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('tags', old.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `audience_members_added_changes` AFTER INSERT ON `audience_members` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('members', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `audience_members_changed_changes` AFTER UPDATE OF `audience`, `customer_id` ON `audience_members` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('members', old.`customer_id`), ('members', new.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `audience_members_removed_changes` AFTER DELETE ON `audience_members` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('members', old.`customer_id`);
END;
--> statement-breakpoint
CREATE TRIGGER `events_changed_changes` AFTER UPDATE OF `seq`, `id`, `customer_id`, `name`, `at`, `amount`, `properties` ON `events` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `event_seq`) VALUES ('events', old.`customer_id`, old.`seq`);
  INSERT INTO `changes` (`part`, `customer_id`, `event_seq`) SELECT 'events', new.`customer_id`, new.`seq` WHERE old.`seq` IS NOT new.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `events_removed_changes` AFTER DELETE ON `events` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`, `event_seq`) VALUES ('events', old.`customer_id`, old.`seq`);
END;
