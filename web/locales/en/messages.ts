import type { Words } from '../words.ts'
import type messages from '../zh-CN/messages.ts'

export default {
  title: 'Messages',
  delivery: 'Delivery',
  export: 'Export CSV',
  about: 'Every message sent, and what became of it.',
  all: 'All',
  statuses: {
    queued: 'Queued',
    sending: 'Sending',
    sent: 'Sent',
    failed: 'Failed',
    unknown: 'Unknown',
    cancelled: 'Cancelled',
    held: 'Held',
  },
  columns: {
    at: 'When',
    customer: 'Customer',
    journey: 'Journey',
    channel: 'Channel',
    text: 'Message',
    status: 'Status',
    cost: 'Cost',
  },
  allChannels: 'All channels',
  allJourneys: 'All journeys',
  more: 'Show more',
  shown: '{{count}} shown',
  noneFound: 'No message fits; try other filters',
  ofCustomer: 'Only messages to {{name}}',
  explain: {
    unknown: {
      title: 'Nobody can say whether these were sent',
      text: 'They were handed to the provider, but the connection was lost before it answered. This channel cannot promise that a second try makes no second message, so none is made; look at the provider’s own list. A receipt, when it comes, updates the status.',
    },
    failed: {
      title: 'The provider did not accept these',
      text: 'Mostly a number out of service, a text that is not registered, or an empty balance. Each message says why; once mended, new messages go out as usual.',
    },
    held: {
      title: 'These are kept back for now',
      text: 'Asked again before they left, a gate was closed: an opt-out, the blacklist, a dead address; or they wait for a person since the data was restored. Each says why.',
    },
    cancelled: {
      title: 'These were taken back before they left',
      text: 'When a customer unsubscribes or reaches the goal, or the journey is stopped, what was not yet handed to the channel is not sent.',
    },
  },
  restored: {
    title: {
      restored_one: 'The data was restored from a backup: {{count}} message may have been sent already',
      restored: 'The data was restored from a backup: {{count}} messages may have been sent already',
      copied_one: 'The data comes from another folder: {{count}} message may have been sent already',
      copied: 'The data comes from another folder: {{count}} messages may have been sent already',
    },
    found: 'Found when it started, at {{at}}. ',
    from: 'The data reaches to {{from}}.',
    text: {
      restored:
        'Between the backup and the restore they may have gone out, which cannot be known from here: they are kept for a person to decide. New messages go out as usual.',
      copied:
        'If the other folder still runs, it sends them: here they are kept for a person to decide. New messages go out as usual, so while both run each sends its own: stop one of them.',
    },
    calls_one:
      '{{count}} call to another system may have been made already as well: it waits too, until its node waits no longer and the customer goes on by “Failed”.',
    calls:
      '{{count}} calls to other systems may have been made already as well: they wait too, each until its node waits no longer and the customer goes on by “Failed”.',
    journey_one: '{{name}}: {{count}} message',
    journey: '{{name}}: {{count}} messages',
    called_one: '{{name}}: {{count}} call',
    called: '{{name}}: {{count}} calls',
    send: 'Send them all',
    drop: 'Drop them all',
    understood: 'Understood',
    sure: {
      send_one:
        'Send this {{count}}? If it went out after the backup, an e-mail is received twice; SMS and webhooks keep their keys, by which a gateway knows a repeat.',
      send: 'Send these {{count}}? Of those that went out after the backup, e-mails are received twice; SMS and webhooks keep their keys, by which a gateway knows a repeat.',
      drop_one: 'Drop this {{count}}? It will never be sent.',
      drop: 'Drop these {{count}}? They will never be sent.',
    },
    done: {
      send_one: '{{count}} message is on its way',
      send: '{{count}} messages are on their way',
      drop_one: '{{count}} message dropped',
      drop: '{{count}} messages dropped',
    },
  },
  waiting: {
    title: '{{channel}} is not set up, so its queued messages do not leave',
    text: 'Once it is set up they leave; opt-outs and quiet hours are asked again before.',
    action: 'Set it up',
  },
  erasedText: 'Erased with the customer',
  drawer: {
    title: 'A message',
    to: 'To',
    journey: 'From',
    status: 'Status',
    created: 'Written',
    sent: 'Sent',
    parts: 'Parts',
    partsOf: '{{count}} charged',
    cost: 'Cost',
    writer: 'Written by',
    ai: 'Polished by AI ({{model}})',
    written: 'The written text',
    error: 'Reason',
    contents: 'Contents shown',
    picked: 'Products picked',
    receipts: 'Receipts',
    links: 'Links',
    clicks_one: '{{count}} click',
    clicks: '{{count}} clicks',
    robots: '{{count}} by programs',
    noReceipts: 'No receipt yet',
    trace: 'The way through the journey',
    erased:
      'The customer has been erased, and with them what the message said and how it came about; its figures stay.',
    noTrace: 'No record of this passage was found',
    phone: 'See their phone',
  },
  ai: 'Polished by AI',
  nameless: 'No name',
  empty: {
    title: 'Messages will stand here',
    text: 'Each with its text, status and receipts; those not sent say why.',
    action: 'See the journeys',
    example: '25 Jul, 10:00: the first SMS, delivered; another put off to 09:00 next day by quiet hours.',
  },
} satisfies Words<typeof messages>
