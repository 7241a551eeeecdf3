import type { Words } from '../words.ts'
import type common from '../zh-CN/common.ts'

export default {
  product: 'Magpie',
  loading: 'Loading',
  retry: 'Try again',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  back: 'Back',
  undo: 'Undo',
  done: 'Done',
  search: 'Search',
  example: 'For example',
  more: 'More',
  none: 'None',
  unknown: 'Unknown',
  language: { 'zh-CN': 'Chinese', en: 'English' },
  localText: {
    switch: 'Writing {{language}}; press to switch',
    missing: '{{language}} is not written yet',
  },
  problem: {
    mend: 'What to do',
    place: 'Where',
    code: 'Code {{code}}',
    pageTitle: 'This page could not be opened',
    pageMend: 'Try once more; if that does not help, go back to the journeys',
    home: 'Back to journeys',
    notFoundTitle: 'There is no such page',
    notFoundMend: 'The address may be mistyped, or what it showed was deleted',
  },
  progress: '{{done}} of {{total}}',
  phone: {
    openEmail: 'Open e-mail',
    emailFrame: 'Body of the e-mail',
    noSubject: '(no subject)',
    replied: 'Reply',
  },
  chart: { loading: 'Drawing', empty: 'No data yet' },
} satisfies Words<typeof common>
