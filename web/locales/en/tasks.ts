export default {
  title: 'Tasks',
  about:
    'Customers about whom a colleague decides. Press a button and the customer goes on that way; the first decision holds.',
  statuses: { open: 'Open', decided: 'Decided', over: 'Over' },
  allJourneys: 'All journeys',
  what: 'To decide',
  customer: 'Customer',
  asked: 'Asked',
  until: 'Until',
  decision: 'Decision',
  over: 'Nobody decided before the customer left that step',
  more: 'Show more',
  noneFound: 'No such tasks',
  empty: 'Nothing to decide',
  emptyText:
    'When a customer comes to a node “Ask a colleague”, the task stands here until somebody presses a button.',
  example: 'After a large order the store manager decides: a gift, or a call.',
  decide: 'Choose “{{button}}”',
  decideText: '{{customer}} goes on that way at once. It cannot be changed afterwards.',
  note: 'A note, if you like; it stays in the customer’s story',
  done: 'Decided; {{customer}} goes on',
}
