ALTER TABLE `customers` ADD `noted` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `customers` SET `noted` = 1 WHERE EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'phone' AND s.`address` = customers.`phone` AND ((s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)
    OR (s.`channel` = 'sms' AND s.`consent` IS NOT NULL AND s.`consent` IS NOT customers.`consent_sms`)))
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'email' AND s.`address` = customers.`email` AND ((s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)
    OR (s.`channel` = 'email' AND s.`consent` IS NOT NULL AND s.`consent` IS NOT customers.`consent_email`)))
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'customer' AND s.`address` = customers.`id`)
  OR EXISTS (SELECT 1 FROM `addresses` a JOIN `address_states` s ON s.`kind` = a.`kind` AND s.`address` = a.`address`
    WHERE a.`customer_id` = `customers`.`id` AND (s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL));--> statement-breakpoint
CREATE TRIGGER `address_states_said` AFTER INSERT ON `address_states` BEGIN
  UPDATE `customers` SET `noted` = 1 WHERE `noted` = 0 AND `id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = new.`address` AND `kind` = new.`kind`
    UNION ALL SELECT new.`address` WHERE new.`kind` = 'customer') AND (new.`closed_why` IS NOT NULL OR new.`held_at` IS NOT NULL OR new.`kind` = 'customer'
    OR (new.`consent` IS NOT NULL AND new.`channel` = 'sms' AND `phone` = new.`address` AND new.`consent` IS NOT `consent_sms`)
    OR (new.`consent` IS NOT NULL AND new.`channel` = 'email' AND `email` = new.`address` AND new.`consent` IS NOT `consent_email`));
END;--> statement-breakpoint
CREATE TRIGGER `address_states_changed` AFTER UPDATE ON `address_states` BEGIN
  UPDATE `customers` SET `noted` = 1 WHERE `noted` = 0 AND `id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = new.`address` AND `kind` = new.`kind`
    UNION ALL SELECT new.`address` WHERE new.`kind` = 'customer') AND (new.`closed_why` IS NOT NULL OR new.`held_at` IS NOT NULL OR new.`kind` = 'customer'
    OR (new.`consent` IS NOT NULL AND new.`channel` = 'sms' AND `phone` = new.`address` AND new.`consent` IS NOT `consent_sms`)
    OR (new.`consent` IS NOT NULL AND new.`channel` = 'email' AND `email` = new.`address` AND new.`consent` IS NOT `consent_email`));
END;--> statement-breakpoint
CREATE TRIGGER `customers_noted_new` AFTER INSERT ON `customers` WHEN new.`noted` = 0 AND (EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'phone' AND s.`address` = new.`phone` AND ((s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)
    OR (s.`channel` = 'sms' AND s.`consent` IS NOT NULL AND s.`consent` IS NOT new.`consent_sms`)))
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'email' AND s.`address` = new.`email` AND ((s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)
    OR (s.`channel` = 'email' AND s.`consent` IS NOT NULL AND s.`consent` IS NOT new.`consent_email`)))
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'customer' AND s.`address` = new.`id`)) BEGIN
  UPDATE `customers` SET `noted` = 1 WHERE `id` = new.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `customers_noted_changed` AFTER UPDATE OF `phone`, `email`, `consent_sms`, `consent_email` ON `customers` WHEN new.`noted` = 0 AND (EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'phone' AND s.`address` = new.`phone` AND ((s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)
    OR (s.`channel` = 'sms' AND s.`consent` IS NOT NULL AND s.`consent` IS NOT new.`consent_sms`)))
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'email' AND s.`address` = new.`email` AND ((s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)
    OR (s.`channel` = 'email' AND s.`consent` IS NOT NULL AND s.`consent` IS NOT new.`consent_email`)))
  OR EXISTS (SELECT 1 FROM `address_states` s WHERE s.`kind` = 'customer' AND s.`address` = new.`id`)) BEGIN
  UPDATE `customers` SET `noted` = 1 WHERE `id` = new.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `addresses_noted` AFTER INSERT ON `addresses` WHEN EXISTS (SELECT 1 FROM `address_states` s
  WHERE s.`kind` = new.`kind` AND s.`address` = new.`address` AND (s.`closed_why` IS NOT NULL OR s.`held_at` IS NOT NULL)) BEGIN
  UPDATE `customers` SET `noted` = 1 WHERE `id` = new.`customer_id` AND `noted` = 0;
END;
