import type { Words } from '../words.ts'
import type assets from '../zh-CN/assets.ts'

export default {
  title: 'Assets',
  about:
    'Pictures that messages show. Drag them in to use them in attachments, contents and e-mails; large ones are made smaller, and what else the file knows, such as where it was taken, is left out.',
  toContents: 'Content library',
  drop: 'Drag pictures here, or press to choose them',
  dropHint: 'PNG, JPEG, GIF or WebP, 20 MB each at most',
  uploaded_one: '{{count}} picture uploaded',
  uploaded: '{{count}} pictures uploaded',
  empty: 'No pictures yet.',
  search: 'Name or key',
  none: 'No picture answers this',
  count_one: '{{count}} picture · {{used}} of {{most}}',
  count: '{{count}} pictures · {{used}} of {{most}}',
  fields: {
    name: 'Name',
    alt: 'Words in its place',
    altHint: 'What customers read where the picture cannot be shown',
    key: 'Key',
    keyHint: 'Attachments name it by this; it stays when the picture is replaced',
    url: 'Address',
    urlHint: 'To be put into e-mails and contents',
  },
  save: 'Save',
  saved: 'Saved',
  copy: 'Copy the address',
  copied: 'Copied',
  replace: 'Replace',
  replaced: 'Replaced; messages that were sent keep the earlier picture',
  remove: 'Delete',
  removed: 'Deleted “{{name}}”',
  removeAsk: 'Delete “{{name}}”?',
  removeText: 'Messages that were sent still show it for half a year.',
  inUse: '“{{name}}” is in use',
  inUseAbout: 'Show another picture in these places first; then it can be deleted.',
} satisfies Words<typeof assets>
