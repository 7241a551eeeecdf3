DROP INDEX `address_states_blacklist`;--> statement-breakpoint
CREATE INDEX `address_states_blacklist` ON `address_states` (`kind`,`address`) WHERE channel = '*';--> statement-breakpoint
DROP INDEX `events_refund`;--> statement-breakpoint
CREATE INDEX `events_refund` ON `events` (`customer_id`,cast(case when json_valid(properties) then properties ->> '$.order_id' end as text)) WHERE name = 'refund';