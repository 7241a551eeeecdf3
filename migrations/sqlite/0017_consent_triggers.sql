-- What is said of an address that nobody bears yet, as in an import, marks nobody: one look tells so.
DROP TRIGGER `address_states_said`;--> statement-breakpoint
CREATE TRIGGER `address_states_said` AFTER INSERT ON `address_states` WHEN new.`kind` = 'customer'
  OR EXISTS (SELECT 1 FROM `addresses` a WHERE a.`address` = new.`address` AND a.`kind` = new.`kind`) BEGIN
  UPDATE `customers` SET `noted` = 1 WHERE `noted` = 0 AND `id` IN (
    SELECT `customer_id` FROM `addresses` WHERE `address` = new.`address` AND `kind` = new.`kind`
    UNION ALL SELECT new.`address` WHERE new.`kind` = 'customer') AND (new.`closed_why` IS NOT NULL OR new.`held_at` IS NOT NULL OR new.`kind` = 'customer'
    OR (new.`consent` IS NOT NULL AND new.`channel` = 'sms' AND `phone` = new.`address` AND new.`consent` IS NOT `consent_sms`)
    OR (new.`consent` IS NOT NULL AND new.`channel` = 'email' AND `email` = new.`address` AND new.`consent` IS NOT `consent_email`));
END;
