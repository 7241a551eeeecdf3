-- What their addresses have said is part of what the analytical copy holds of customers, and of what is watched.
DROP TRIGGER `customers_changed_changes`;--> statement-breakpoint
CREATE TRIGGER `customers_changed_changes` AFTER UPDATE OF `id`, `name`, `phone`, `email`, `gender`, `birthday`, `city`, `registered_at`, `timezone`, `language`, `attributes`, `consent_sms`, `consent_email`, `noted` ON `customers`
WHEN old.`id` IS NOT new.`id` OR old.`name` IS NOT new.`name` OR old.`phone` IS NOT new.`phone` OR old.`email` IS NOT new.`email`
  OR old.`gender` IS NOT new.`gender` OR old.`birthday` IS NOT new.`birthday` OR old.`city` IS NOT new.`city`
  OR old.`registered_at` IS NOT new.`registered_at` OR old.`timezone` IS NOT new.`timezone`
  OR old.`language` IS NOT new.`language` OR old.`attributes` IS NOT new.`attributes`
  OR old.`consent_sms` IS NOT new.`consent_sms` OR old.`consent_email` IS NOT new.`consent_email`
  OR old.`noted` IS NOT new.`noted` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`id`);
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', old.`id` WHERE old.`id` IS NOT new.`id`;
END;--> statement-breakpoint
-- Whoever is not noted is what their profile says.
CREATE TRIGGER `address_states_added_changes` AFTER INSERT ON `address_states` WHEN new.`kind` = 'customer'
  OR EXISTS (SELECT 1 FROM `addresses` a WHERE a.`address` = new.`address` AND a.`kind` = new.`kind`) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', c.`id` FROM `customers` c WHERE c.`noted` = 1 AND c.`id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = new.`address` AND `kind` = new.`kind`
    UNION ALL SELECT new.`address` WHERE new.`kind` = 'customer');
END;--> statement-breakpoint
CREATE TRIGGER `address_states_changed_changes` AFTER UPDATE ON `address_states`
WHEN old.`consent` IS NOT new.`consent` OR old.`consent_at` IS NOT new.`consent_at` OR old.`consent_dated` IS NOT new.`consent_dated`
  OR old.`closed_why` IS NOT new.`closed_why` OR old.`closed_at` IS NOT new.`closed_at`
  OR (old.`held_at` IS NULL) <> (new.`held_at` IS NULL) OR old.`address` IS NOT new.`address` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', c.`id` FROM `customers` c WHERE c.`noted` = 1 AND c.`id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` IN (old.`address`, new.`address`) AND `kind` = new.`kind`
    UNION ALL SELECT value FROM json_each(json_array(old.`address`, new.`address`)) WHERE new.`kind` = 'customer');
END;--> statement-breakpoint
CREATE TRIGGER `address_states_removed_changes` AFTER DELETE ON `address_states` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', c.`id` FROM `customers` c WHERE c.`noted` = 1 AND c.`id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = old.`address` AND `kind` = old.`kind`
    UNION ALL SELECT old.`address` WHERE old.`kind` = 'customer');
END;--> statement-breakpoint
CREATE TRIGGER `addresses_added_changes` AFTER INSERT ON `addresses`
WHEN EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = new.`kind` AND s.`address` = new.`address`) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
END;--> statement-breakpoint
CREATE TRIGGER `addresses_removed_changes` AFTER DELETE ON `addresses`
WHEN EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = old.`kind` AND s.`address` = old.`address`) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`customer_id`);
END;--> statement-breakpoint
CREATE TRIGGER `addresses_moved_changes` AFTER UPDATE OF `customer_id` ON `addresses` WHEN old.`customer_id` IS NOT new.`customer_id` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`customer_id`), ('customers', new.`customer_id`);
END;
