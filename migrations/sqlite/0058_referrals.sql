CREATE TABLE `referral_codes` (
	`code` text PRIMARY KEY NOT NULL,
	`programme` integer NOT NULL,
	`customer_id` text NOT NULL,
	`made_at` integer NOT NULL,
	`opened` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `referral_codes_customer` ON `referral_codes` (`customer_id`,`programme`);--> statement-breakpoint
CREATE TABLE `referral_programmes` (
	`seq` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`definition` text NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_programmes_key` ON `referral_programmes` (`key`);--> statement-breakpoint
CREATE TABLE `referral_rewards` (
	`programme` integer NOT NULL,
	`customer_id` text NOT NULL,
	`of` text NOT NULL,
	`at` integer NOT NULL,
	`tag` text,
	`coupon` text,
	`code` text,
	`lack` text,
	PRIMARY KEY(`programme`, `customer_id`, `of`)
);
--> statement-breakpoint
CREATE INDEX `referral_rewards_lacking` ON `referral_rewards` (`coupon`) WHERE lack = 'none_left';--> statement-breakpoint
CREATE TABLE `referrals` (
	`programme` integer NOT NULL,
	`customer_id` text NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`joined_at` integer NOT NULL,
	`min_order` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	`decided_by` text,
	PRIMARY KEY(`programme`, `customer_id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `referrals_id` ON `referrals` (`id`);--> statement-breakpoint
CREATE INDEX `referrals_code` ON `referrals` (`code`);--> statement-breakpoint
CREATE INDEX `referrals_standing` ON `referrals` (`programme`,`state`);--> statement-breakpoint
CREATE INDEX `referrals_waiting` ON `referrals` (`customer_id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `referrals_due` ON `referrals` (`at`) WHERE state = 'due';--> statement-breakpoint
-- What the invited has to do is to buy: an order, whose time may be in whole seconds, as it happens makes both due, whoever tells of it.
CREATE TRIGGER `referral_ordered` AFTER INSERT ON `events` WHEN NEW.name = 'order' AND NEW.source <> 'history' BEGIN
	UPDATE referrals SET state = 'due', at = NEW.received_at
	WHERE customer_id = NEW.customer_id AND state = 'waiting' AND joined_at / 1000 <= NEW.at / 1000 AND min_order <= coalesce(NEW.amount, 0);
END;--> statement-breakpoint
-- So does one that becomes theirs by a merge.
CREATE TRIGGER `referral_order_moved` AFTER UPDATE OF `customer_id` ON `events` WHEN NEW.name = 'order' AND NEW.source <> 'history' BEGIN
	UPDATE referrals SET state = 'due', at = max(NEW.received_at, joined_at)
	WHERE customer_id = NEW.customer_id AND state = 'waiting' AND joined_at / 1000 <= NEW.at / 1000 AND min_order <= coalesce(NEW.amount, 0);
END;
