-- Who is new is scored as somebody who has bought nothing, once the base was scored.
CREATE TRIGGER `customers_added_to_score` AFTER INSERT ON `customers` WHEN EXISTS (SELECT 1 FROM `model_runs`) BEGIN
  INSERT INTO `to_score` (`customer_id`) VALUES (new.`id`);
END;
