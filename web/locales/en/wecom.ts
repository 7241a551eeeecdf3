import type { Words } from '../words.ts'
import type wecom from '../zh-CN/wecom.ts'

export default {
  title: 'WeCom',
  about: 'Where customers come from who add your employees, and which tags are the same in WeCom.',
  tabs: { ways: 'Contact codes', tags: 'Tags' },
  sandbox: {
    title: 'The demo brand has no real WeCom',
    text: 'Set WeCom up in a brand of your own to make contact codes with sources here. In the demo, friends are added from made-up sources, which start journeys just the same.',
  },
  absent: {
    title: 'Set WeCom up first',
    text: 'Then contact codes are made here, each with its source: whoever scans one adds an employee as a friend.',
    setUp: 'Set up',
  },
  ways: {
    title: 'Contact codes',
    about:
      'Whoever scans a code adds an employee. Each code has a source, by which journeys greet: `state` of the trigger “WeCom friend added”.',
    create: 'New contact code',
    example:
      'The poster in the shop says store_poster, the card in parcels says parcel: journeys greet each in its own way, and you see how many friends each has brought.',
    empty: {
      title: 'No contact codes yet',
      text: 'A contact code is a QR code: whoever scans it adds an employee of your choice, and you know where they came from.',
    },
    friends: 'friends came by it',
    friends_one: 'friend came by it',
    left: '{{count}} have left',
    left_one: '{{count}} has left',
    download: 'Download',
    edit: 'Change',
    remove: 'Delete',
    removed: 'Deleted',
    removeAsk: 'Delete this code?',
    removeText: 'Whoever scans it adds nobody any more, also where it is printed. Friends stay friends.',
    alt: 'Contact code {{name}}',
    noPicture: 'Its picture could not be fetched',
    fetch: 'Fetch again',
    unmade: 'No answer from WeCom: was it made?',
    mend: 'Check and make',
    asks: 'Employees confirm',
    make: 'Make it',
    made: 'The code is made',
    saved: 'Saved',
    needed: 'Needed',
    badSource: '1 to 30 bytes without blanks: 30 letters and digits, or 10 Chinese characters',
    fields: {
      name: 'Name',
      namePlaceholder: 'Such as: poster in the shop',
      source: 'Source',
      sourceHint:
        'Journeys branch by it and friends are counted by it; it stays. 30 letters and digits, or 10 Chinese characters.',
      users: 'Leads to',
      usersHint:
        'WeCom takes turns among several. Listed is the staff with a WeCom user id; you may type user ids too.',
      usersPlaceholder: 'Choose staff, or type WeCom user ids',
      skipVerify: 'Friends at once',
      skipVerifyHint: 'Otherwise employees confirm each on their phones.',
    },
  },
  tags: {
    title: 'Tags on both sides',
    about:
      'Once bound, a tag that is put on a customer here, or taken away, is so in WeCom; what employees change there comes back here.',
    none: 'No tag is bound yet. Choose one of yours, then one of the corp’s in WeCom.',
    mine: 'A tag of yours',
    theirs: 'A tag in WeCom',
    bind: 'Bind',
    bound: 'Bound; both are being made the same',
    unbind: 'Unbind',
    unbindAsk: 'Unbind this tag?',
    unbindText: 'Customers keep it on both sides; changes are told no more.',
    gone: 'Deleted in WeCom',
    same: 'The same',
    waiting: '{{count}} still to be told',
    failed: '{{count}} could not be told',
    columns: {
      mine: 'Here',
      theirs: 'In WeCom',
      customers: 'Customers who have it there',
      state: 'Both sides',
    },
  },
} satisfies Words<typeof wecom>
