CREATE TABLE `address_states` (
	`kind` text NOT NULL,
	`address` text NOT NULL,
	`channel` text NOT NULL,
	`consent` integer,
	`consent_source` text,
	`consent_proof` text,
	`consent_at` integer,
	`closed_why` text,
	`closed_at` integer,
	`closed_source` text,
	`closed_by` text,
	`note` text,
	`held_at` integer,
	PRIMARY KEY(`kind`, `address`, `channel`)
);
--> statement-breakpoint
CREATE INDEX `address_states_blacklist` ON `address_states` (`closed_at`) WHERE channel = '*';--> statement-breakpoint
CREATE TABLE `addresses` (
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`address` text NOT NULL,
	`added_at` integer NOT NULL,
	`source` text NOT NULL,
	`verified_at` integer,
	`former_at` integer,
	PRIMARY KEY(`customer_id`, `kind`, `address`)
);
--> statement-breakpoint
CREATE INDEX `addresses_address` ON `addresses` (`address`,`kind`);--> statement-breakpoint
CREATE TABLE `doubtful_replies` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`address` text NOT NULL,
	`channel` text NOT NULL,
	`customer_id` text,
	`text` text NOT NULL,
	`pattern` text NOT NULL,
	`at` integer NOT NULL,
	`decided_at` integer,
	`decision` text,
	`decided_by` text
);
--> statement-breakpoint
CREATE INDEX `doubtful_replies_open` ON `doubtful_replies` (`at`) WHERE decided_at is null;--> statement-breakpoint
CREATE TABLE `shared_addresses` (
	`kind` text NOT NULL,
	`address` text NOT NULL,
	PRIMARY KEY(`kind`, `address`)
);--> statement-breakpoint
-- Addresses written before they had one form; a file's phones were in it already.
UPDATE `customers` SET `email` = lower(trim(`email`)) WHERE `email` <> lower(trim(`email`));--> statement-breakpoint
INSERT INTO `addresses` (`customer_id`, `kind`, `address`, `added_at`, `source`)
SELECT `id`, 'phone', `phone`, `updated_at`, 'profile' FROM `customers` WHERE `phone` IS NOT NULL AND `phone` <> '';--> statement-breakpoint
INSERT INTO `addresses` (`customer_id`, `kind`, `address`, `added_at`, `source`)
SELECT `id`, 'email', `email`, `updated_at`, 'profile' FROM `customers` WHERE `email` IS NOT NULL AND `email` <> '';--> statement-breakpoint
-- Consent is the address's: of two records that bear one, a refusal stands.
INSERT INTO `address_states` (`kind`, `address`, `channel`, `consent`, `consent_source`, `consent_at`)
SELECT 'phone', `phone`, 'sms', min(`consent_sms`), 'file', max(`updated_at`) FROM `customers`
WHERE `phone` IS NOT NULL AND `phone` <> '' AND `consent_sms` IS NOT NULL GROUP BY `phone`;--> statement-breakpoint
INSERT INTO `address_states` (`kind`, `address`, `channel`, `consent`, `consent_source`, `consent_at`)
SELECT 'email', `email`, 'email', min(`consent_email`), 'file', max(`updated_at`) FROM `customers`
WHERE `email` IS NOT NULL AND `email` <> '' AND `consent_email` IS NOT NULL GROUP BY `email`;--> statement-breakpoint
-- Opt-outs were a customer's on a channel; they become those of the customer's address there.
INSERT INTO `address_states` (`kind`, `address`, `channel`, `closed_why`, `closed_at`, `closed_source`)
SELECT 'phone', c.`phone`, 'sms', 'opted_out', min(u.`at`), min(u.`source`)
FROM `unsubscribes` u JOIN `customers` c ON c.`id` = u.`customer_id`
WHERE u.`channel` = 'sms' AND c.`phone` IS NOT NULL AND c.`phone` <> '' GROUP BY c.`phone`
ON CONFLICT DO UPDATE SET `closed_why` = excluded.`closed_why`, `closed_at` = excluded.`closed_at`,
  `closed_source` = excluded.`closed_source`;--> statement-breakpoint
INSERT INTO `address_states` (`kind`, `address`, `channel`, `closed_why`, `closed_at`, `closed_source`)
SELECT 'email', c.`email`, 'email', 'opted_out', min(u.`at`), min(u.`source`)
FROM `unsubscribes` u JOIN `customers` c ON c.`id` = u.`customer_id`
WHERE u.`channel` = 'email' AND c.`email` IS NOT NULL AND c.`email` <> '' GROUP BY c.`email`
ON CONFLICT DO UPDATE SET `closed_why` = excluded.`closed_why`, `closed_at` = excluded.`closed_at`,
  `closed_source` = excluded.`closed_source`;--> statement-breakpoint
-- On channels that reach no phone or mailbox, and of whoever has none on record, it is the customer's as such.
INSERT INTO `address_states` (`kind`, `address`, `channel`, `closed_why`, `closed_at`, `closed_source`)
SELECT 'customer', u.`customer_id`, u.`channel`, 'opted_out', u.`at`, u.`source`
FROM `unsubscribes` u LEFT JOIN `customers` c ON c.`id` = u.`customer_id`
WHERE NOT (u.`channel` = 'sms' AND coalesce(c.`phone`, '') <> '')
  AND NOT (u.`channel` = 'email' AND coalesce(c.`email`, '') <> '');--> statement-breakpoint
INSERT INTO `address_states` (`kind`, `address`, `channel`, `closed_why`, `closed_at`, `closed_source`)
SELECT 'customer', `id`, '*', 'blacklisted', `updated_at`, 'file' FROM `customers` WHERE `blacklisted` = 1;--> statement-breakpoint
-- Whoever writes a profile writes its addresses: nothing can be forgotten beside it.
CREATE TRIGGER `customers_phone_new` AFTER INSERT ON `customers` WHEN new.`phone` <> '' BEGIN
  INSERT OR IGNORE INTO `addresses` (`customer_id`, `kind`, `address`, `added_at`, `source`)
  VALUES (new.`id`, 'phone', new.`phone`, new.`updated_at`, 'profile');
END;--> statement-breakpoint
CREATE TRIGGER `customers_email_new` AFTER INSERT ON `customers` WHEN new.`email` <> '' BEGIN
  INSERT OR IGNORE INTO `addresses` (`customer_id`, `kind`, `address`, `added_at`, `source`)
  VALUES (new.`id`, 'email', new.`email`, new.`updated_at`, 'profile');
END;--> statement-breakpoint
CREATE TRIGGER `customers_phone_changed` AFTER UPDATE OF `phone` ON `customers` WHEN new.`phone` IS NOT old.`phone` BEGIN
  UPDATE `addresses` SET `former_at` = new.`updated_at`
  WHERE `customer_id` = new.`id` AND `kind` = 'phone' AND `address` = old.`phone`;
  INSERT INTO `addresses` (`customer_id`, `kind`, `address`, `added_at`, `source`)
  SELECT new.`id`, 'phone', new.`phone`, new.`updated_at`, 'profile' WHERE new.`phone` <> ''
  ON CONFLICT DO UPDATE SET `former_at` = NULL;
END;--> statement-breakpoint
CREATE TRIGGER `customers_email_changed` AFTER UPDATE OF `email` ON `customers` WHEN new.`email` IS NOT old.`email` BEGIN
  UPDATE `addresses` SET `former_at` = new.`updated_at`
  WHERE `customer_id` = new.`id` AND `kind` = 'email' AND `address` = old.`email`;
  INSERT INTO `addresses` (`customer_id`, `kind`, `address`, `added_at`, `source`)
  SELECT new.`id`, 'email', new.`email`, new.`updated_at`, 'profile' WHERE new.`email` <> ''
  ON CONFLICT DO UPDATE SET `former_at` = NULL;
END;--> statement-breakpoint
CREATE TRIGGER `customers_gone` AFTER DELETE ON `customers` BEGIN
  DELETE FROM `addresses` WHERE `customer_id` = old.`id`;
END;--> statement-breakpoint
INSERT INTO `shared_addresses` (`kind`, `address`)
SELECT `kind`, `address` FROM `addresses` GROUP BY `kind`, `address` HAVING count(*) > 1;--> statement-breakpoint
CREATE TRIGGER `addresses_shared` AFTER INSERT ON `addresses` WHEN EXISTS (
  SELECT 1 FROM `addresses` WHERE `address` = new.`address` AND `kind` = new.`kind` AND `customer_id` <> new.`customer_id`
) BEGIN
  INSERT OR IGNORE INTO `shared_addresses` (`kind`, `address`) VALUES (new.`kind`, new.`address`);
END;
