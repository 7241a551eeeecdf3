export { channelOf } from '../channels/index.ts'

export { emailFrame, textToHtml } from './html.ts'
export { describeRenderProblem } from './problems.ts'
export { render } from './render.ts'
export { smsLength } from './sms.ts'

export { prohibitedWords } from './words.ts'
