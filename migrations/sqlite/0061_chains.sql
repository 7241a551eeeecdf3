CREATE TABLE `chain_turns` (
	`enrollment_id` integer NOT NULL,
	`node` text NOT NULL,
	`visit` integer NOT NULL,
	`turn` integer NOT NULL,
	`journey_id` text NOT NULL,
	`until_at` integer NOT NULL,
	`due_at` integer,
	PRIMARY KEY(`enrollment_id`, `node`, `visit`, `turn`)
);
--> statement-breakpoint
CREATE INDEX `chain_turns_due` ON `chain_turns` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
DROP INDEX `messages_visit`;--> statement-breakpoint
ALTER TABLE `messages` ADD `turn` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `messages` ADD `passed` text;--> statement-breakpoint
CREATE UNIQUE INDEX `messages_visit` ON `messages` (`enrollment_id`,`node`,`visit`,`turn`);--> statement-breakpoint
ALTER TABLE `links` ADD `turn` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- What becomes of a message is written to its row in several places; here it is noted for whoever tries the next channel.
-- What another life of the data may have sent, and what was taken back, is followed by nothing.
CREATE TRIGGER `chain_turns_of_messages` AFTER UPDATE OF `status` ON `messages`
WHEN new.status in ('failed', 'held', 'cancelled')
BEGIN
  UPDATE chain_turns SET due_at = 0
  WHERE enrollment_id = new.enrollment_id AND node = new.node AND visit = new.visit AND turn = new.turn AND due_at IS NULL
    AND (new.status = 'failed' OR (new.status = 'held' AND coalesce(new.error, '') <> 'held: restored')
      OR (new.status = 'cancelled' AND new.error IN ('block', 'hard_bounce', 'invalid')));
  DELETE FROM chain_turns
  WHERE enrollment_id = new.enrollment_id AND node = new.node AND visit = new.visit AND turn = new.turn AND due_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER `chain_turns_of_receipts` AFTER INSERT ON `receipts`
WHEN new.kind in ('failed', 'blocked', 'delivered', 'opened', 'clicked', 'replied', 'complained', 'unsubscribed')
BEGIN
  UPDATE chain_turns SET due_at = 0
  WHERE new.kind in ('failed', 'blocked') AND due_at IS NULL AND (enrollment_id, node, visit, turn) =
    (SELECT enrollment_id, node, visit, turn FROM messages WHERE id = new.message_id);
  DELETE FROM chain_turns
  WHERE new.kind not in ('failed', 'blocked') AND (enrollment_id, node, visit, turn) =
    (SELECT enrollment_id, node, visit, turn FROM messages WHERE id = new.message_id);
END;
