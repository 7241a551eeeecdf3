ALTER TABLE `address_states` ADD `consent_dated` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- A reply that took an opt-out back said when.
UPDATE `address_states` SET `consent_dated` = 1 WHERE `consent_source` = 'reply';
