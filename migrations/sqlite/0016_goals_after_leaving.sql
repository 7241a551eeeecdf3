-- What has reached a goal is kept beside the goal's id, so that a refund finds what it undoes.
UPDATE `enrollments` SET `data` = json_set(`data`, '$.g', json((
  SELECT json_group_object(h.`goal`, json_object('name', h.`event_name`, 'id', h.`event_id`, 'at', h.`at`, 'value', h.`value`))
  FROM `goal_hits` h WHERE h.`enrollment_id` = `enrollments`.`id`)))
WHERE json_type(`data`, '$.g') = 'array';--> statement-breakpoint
-- Goals of those who have left count from now on, as long as their windows are open. Here the windows are taken rather
-- too long: an event is counted by the window itself.
WITH `goals` AS MATERIALIZED (
  SELECT v.`journey_id`, v.`number`, n.value ->> '$.config.window.kind' AS `kind`,
    n.value ->> '$.config.window.to' AS `to`,
    (n.value ->> '$.config.window.span.amount') * CASE n.value ->> '$.config.window.span.unit'
      WHEN 'minute' THEN 60000 WHEN 'hour' THEN 3600000 WHEN 'day' THEN 86400000 WHEN 'week' THEN 604800000
      WHEN 'month' THEN 2678400000 ELSE 31622400000 END AS `span`
  FROM `versions` v, json_each(v.`graph`, '$.nodes') n WHERE n.value ->> '$.type' = 'goal')
UPDATE `enrollments` SET `counts_until` = (
  SELECT max(CASE g.`kind`
    WHEN 'journey' THEN `enrollments`.`ended_at`
    WHEN 'span' THEN coalesce(`enrollments`.`entry` ->> '$.event.at', `enrollments`.`entered_at`) + g.`span` + 86400000
    ELSE `enrollments`.`entered_at` + (400 + g.`to`) * 86400000 END)
  FROM `goals` g WHERE g.`journey_id` = `enrollments`.`journey_id` AND g.`number` = `enrollments`.`version`)
WHERE `ended_at` IS NOT NULL;
