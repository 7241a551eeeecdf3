CREATE TABLE `erased_marks` (
	`mark` text NOT NULL,
	`channel` text NOT NULL,
	`closed_why` text NOT NULL,
	`closed_at` integer NOT NULL,
	PRIMARY KEY(`mark`, `channel`)
);
--> statement-breakpoint
CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`people` text,
	`records` integer NOT NULL,
	`asked_at` integer NOT NULL,
	`asked_by` text NOT NULL,
	`finished_at` integer,
	`remembered` integer NOT NULL,
	`removed` text NOT NULL,
	`swept_at` integer
);
--> statement-breakpoint
CREATE INDEX `erasures_asked` ON `erasures` (`asked_at`) WHERE status = 'asked';--> statement-breakpoint
CREATE INDEX `erasures_unswept` ON `erasures` (`finished_at`) WHERE status = 'done' and swept_at is null;--> statement-breakpoint
CREATE TABLE `journey_values` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`journey_id` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`from_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `journey_values_of` ON `journey_values` (`journey_id`,`seq`);--> statement-breakpoint
ALTER TABLE `journeys` ADD `spacing_ms` real;--> statement-breakpoint
ALTER TABLE `journeys` ADD `next_leaves_at` integer;
--> statement-breakpoint
CREATE TRIGGER `addresses_erased` AFTER INSERT ON `addresses` WHEN EXISTS (SELECT 1 FROM `erased_marks`) BEGIN
  INSERT INTO `address_states` (`kind`, `address`, `channel`, `closed_why`, `closed_at`, `closed_source`, `words`)
  SELECT new.`kind`, new.`address`, m.`channel`, m.`closed_why`, m.`closed_at`, 'erasure',
    json_object(m.`closed_why`, json_object('at', m.`closed_at`, 'source', 'erasure', 'by', NULL, 'note', NULL)) FROM `erased_marks` m
  WHERE m.`mark` = magpie_mark((SELECT `value` FROM `meta` WHERE `key` = 'secret:erasure'), new.`kind`, new.`address`)
  ON CONFLICT (`kind`, `address`, `channel`) DO UPDATE SET `closed_why` = excluded.`closed_why`,
    `closed_at` = excluded.`closed_at`, `closed_source` = excluded.`closed_source`,
    `words` = json_set(coalesce(`words`, '{}'), '$.' || excluded.`closed_why`,
      json_extract(excluded.`words`, '$.' || excluded.`closed_why`)) WHERE `closed_why` IS NULL;
END;--> statement-breakpoint
CREATE TRIGGER `customers_erased` AFTER INSERT ON `customers` WHEN EXISTS (SELECT 1 FROM `erased_marks`) BEGIN
  INSERT INTO `address_states` (`kind`, `address`, `channel`, `closed_why`, `closed_at`, `closed_source`, `words`)
  SELECT 'customer', new.`id`, m.`channel`, m.`closed_why`, m.`closed_at`, 'erasure',
    json_object(m.`closed_why`, json_object('at', m.`closed_at`, 'source', 'erasure', 'by', NULL, 'note', NULL)) FROM `erased_marks` m
  WHERE m.`mark` = magpie_mark((SELECT `value` FROM `meta` WHERE `key` = 'secret:erasure'), 'customer', new.`id`)
  ON CONFLICT (`kind`, `address`, `channel`) DO UPDATE SET `closed_why` = excluded.`closed_why`,
    `closed_at` = excluded.`closed_at`, `closed_source` = excluded.`closed_source`,
    `words` = json_set(coalesce(`words`, '{}'), '$.' || excluded.`closed_why`,
      json_extract(excluded.`words`, '$.' || excluded.`closed_why`)) WHERE `closed_why` IS NULL;
END;
