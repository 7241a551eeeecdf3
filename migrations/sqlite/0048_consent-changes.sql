-- When a consent was given, and whether an address is verified, is part of what the analytical copy holds of customers,
-- of those as well of whom nothing else is noted.
DROP TRIGGER `address_states_added_changes`;--> statement-breakpoint
CREATE TRIGGER `address_states_added_changes` AFTER INSERT ON `address_states` WHEN new.`kind` = 'customer'
  OR EXISTS (SELECT 1 FROM `addresses` a WHERE a.`address` = new.`address` AND a.`kind` = new.`kind`) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', c.`id` FROM `customers` c
  WHERE (c.`noted` = 1 OR new.`consent_dated` = 1) AND c.`id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = new.`address` AND `kind` = new.`kind`
    UNION ALL SELECT new.`address` WHERE new.`kind` = 'customer');
END;--> statement-breakpoint
DROP TRIGGER `address_states_changed_changes`;--> statement-breakpoint
CREATE TRIGGER `address_states_changed_changes` AFTER UPDATE ON `address_states`
WHEN old.`consent` IS NOT new.`consent` OR old.`consent_at` IS NOT new.`consent_at` OR old.`consent_dated` IS NOT new.`consent_dated`
  OR old.`closed_why` IS NOT new.`closed_why` OR old.`closed_at` IS NOT new.`closed_at`
  OR (old.`held_at` IS NULL) <> (new.`held_at` IS NULL) OR old.`address` IS NOT new.`address` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', c.`id` FROM `customers` c
  WHERE (c.`noted` = 1 OR old.`consent_dated` = 1 OR new.`consent_dated` = 1) AND c.`id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` IN (old.`address`, new.`address`) AND `kind` = new.`kind`
    UNION ALL SELECT value FROM json_each(json_array(old.`address`, new.`address`)) WHERE new.`kind` = 'customer');
END;--> statement-breakpoint
DROP TRIGGER `address_states_removed_changes`;--> statement-breakpoint
CREATE TRIGGER `address_states_removed_changes` AFTER DELETE ON `address_states` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) SELECT 'customers', c.`id` FROM `customers` c
  WHERE (c.`noted` = 1 OR old.`consent_dated` = 1) AND c.`id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = old.`address` AND `kind` = old.`kind`
    UNION ALL SELECT old.`address` WHERE old.`kind` = 'customer');
END;--> statement-breakpoint
DROP TRIGGER `addresses_added_changes`;--> statement-breakpoint
CREATE TRIGGER `addresses_added_changes` AFTER INSERT ON `addresses` WHEN new.`verified_at` IS NOT NULL
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = new.`kind` AND s.`address` = new.`address`) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
END;--> statement-breakpoint
DROP TRIGGER `addresses_removed_changes`;--> statement-breakpoint
CREATE TRIGGER `addresses_removed_changes` AFTER DELETE ON `addresses` WHEN old.`verified_at` IS NOT NULL
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = old.`kind` AND s.`address` = old.`address`) BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', old.`customer_id`);
END;--> statement-breakpoint
CREATE TRIGGER `addresses_verified_changes` AFTER UPDATE OF `verified_at` ON `addresses`
WHEN old.`verified_at` IS NOT new.`verified_at` BEGIN
  INSERT INTO `changes` (`part`, `customer_id`) VALUES ('customers', new.`customer_id`);
END;
