export { type ChannelDefinition, type ChannelId, channelOf, channels, isChannel } from '../channels/index.ts'
export { checkPolished, type PolishFault, type PolishLimits } from './facts/check.ts'
export { type EmailFrame, emailFrame, textToHtml } from './html.ts'
export { describeRenderProblem, type RenderProblem } from './problems.ts'
export { type MessageContext, type Rendered, render, renderHtml } from './render.ts'
export { composeSms, isOptOutReply, type SmsFrame, type SmsLength, smsLength, smsParts } from './sms.ts'
export { type TemplateVariable, variablesOf } from './variables.ts'
export { prohibitedWords, type WordHit } from './words.ts'
export {
  type ProhibitedWord,
  prohibitedWordList,
  type WordCategory,
  type WordCategoryId,
  wordCategories,
  wordsReviewed,
} from './words-data.ts'
