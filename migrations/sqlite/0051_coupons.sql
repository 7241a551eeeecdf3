CREATE TABLE `coupon_codes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`coupon` text NOT NULL,
	`code` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coupon_codes_code` ON `coupon_codes` (`code`);--> statement-breakpoint
CREATE INDEX `coupon_codes_coupon` ON `coupon_codes` (`coupon`,`seq`);--> statement-breakpoint
CREATE TABLE `coupon_definitions` (
	`key` text PRIMARY KEY NOT NULL,
	`definition` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`remaining` integer DEFAULT 0 NOT NULL,
	`handed_out` integer DEFAULT 0 NOT NULL,
	`redeemed` integer DEFAULT 0 NOT NULL,
	`expired` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE `coupons` ADD `coupon` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `kind` text DEFAULT 'amount' NOT NULL;--> statement-breakpoint
ALTER TABLE `coupons` ADD `percent` integer;--> statement-breakpoint
ALTER TABLE `coupons` ADD `applies` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `usable_from` integer;--> statement-breakpoint
ALTER TABLE `coupons` ADD `order_id` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `due_at` integer;--> statement-breakpoint
CREATE INDEX `coupons_due` ON `coupons` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `coupons_of` ON `coupons` (`coupon`,`issued_at`);--> statement-breakpoint
CREATE TRIGGER `coupon_codes_added` AFTER INSERT ON `coupon_codes` BEGIN
  UPDATE `coupon_definitions` SET `remaining` = `remaining` + 1 WHERE `key` = new.`coupon`;
END;--> statement-breakpoint
CREATE TRIGGER `coupon_codes_taken` AFTER DELETE ON `coupon_codes` BEGIN
  UPDATE `coupon_definitions` SET `remaining` = `remaining` - 1 WHERE `key` = old.`coupon`;
END;--> statement-breakpoint
CREATE TRIGGER `coupons_handed_out` AFTER INSERT ON `coupons` WHEN new.`coupon` IS NOT NULL BEGIN
  UPDATE `coupon_definitions` SET `handed_out` = `handed_out` + 1 WHERE `key` = new.`coupon`;
END;--> statement-breakpoint
CREATE TRIGGER `coupons_redeemed` AFTER UPDATE OF `redeemed_at` ON `coupons`
WHEN new.`coupon` IS NOT NULL AND old.`redeemed_at` IS NULL AND new.`redeemed_at` IS NOT NULL BEGIN
  UPDATE `coupon_definitions` SET `redeemed` = `redeemed` + 1 WHERE `key` = new.`coupon`;
END;
