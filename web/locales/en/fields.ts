import type { Words } from '../words.ts'
import type fields from '../zh-CN/fields.ts'

export default {
  title: 'Fields',
  about:
    'What each field of the customers holds: how conditions compare it, when its dates come. Types are found from the values and can be changed; what was imported is kept and read anew.',
  back: 'Back to customers',
  count: '{{total}} fields of your own',
  count_one: '{{total}} field of your own',
  builtIn: 'built in',
  chosen: 'chosen',
  proposed: 'found',
  format: 'Way of writing',
  anyFormat: 'Any way of writing',
  look: 'Look at {{total}}',
  more: 'Show more',
  saved: 'The type of “{{name}}” is saved, and all values are read anew',
  savedUnreadable: 'The type of “{{name}}” is saved; {{count}} values cannot be read',
  savedUnreadable_one: 'The type of “{{name}}” is saved; {{count}} value cannot be read',
  unfit: 'Running journeys ask of “{{name}}” what this type does not know; these tests hold for nobody now',
  used: {
    look: 'Look',
    title: 'Where “{{name}}” is used',
    about: 'Journeys and audiences that ask for it, or say it in a text:',
    nowhere: 'No journey and no audience names it.',
    close: 'OK',
  },
  events: {
    title: 'Events',
    about:
      'What has come in of what customers do. Standard events bear names and properties that others use too; any other is taken as it comes.',
    name: 'Event',
    properties: 'Properties, in the latest ones',
    count: 'Events',
    last: 'Last',
    own: 'of your own',
    note: '{{total}} kinds of events',
    note_one: '{{total}} kind of event',
    none: 'Nothing has come in yet. Import orders, or send events by the API.',
    other: 'The standard event has {{type}} here',
    types: {
      text: 'text',
      number: 'number',
      money: 'money',
      yes_no: 'yes or no',
      list: 'list',
      object: 'group of values',
    },
  },
  columns: {
    used: 'Used in',
    name: 'Field',
    type: 'Type',
    examples: 'Examples',
    filled: 'Customers with it',
    unreadable: 'Not readable',
  },
  empty: {
    title: 'No fields of your own yet',
    text: 'Columns of an import that Magpie does not know become fields; their types stand here.',
  },
  unreadable: {
    title: 'Values of “{{name}}” that cannot be read',
    about:
      'Conditions treat these customers as having no value; nothing is compared as mere text. Import a mended file, or choose another type or way of writing.',
    customer: 'Customer',
    value: 'As imported',
    reason: 'Why',
  },
} satisfies Words<typeof fields>
