import type { CodeTable, CodeWords } from './code.ts'

const often: CodeWords = {
  means: { 'zh-CN': '群机器人一分钟内说得太多', en: 'The group robot has said too much in a minute' },
  mend: { 'zh-CN': '不用处理，会自动再试；或调低速率', en: 'Nothing: it is tried again; or lower the rate' },
}
const gone: CodeWords = {
  means: { 'zh-CN': '群机器人不存在或已停用', en: 'There is no such robot, or it is out of use' },
  mend: {
    'zh-CN': '在群里重新添加，并更新节点的地址',
    en: 'Add it to the group anew, and enter its address in the node',
  },
}
const signature: CodeWords = {
  means: {
    'zh-CN': '签名、关键词或 IP 不符合机器人的安全设置',
    en: 'Signature, word or address do not fit the robot’s rules',
  },
  mend: { 'zh-CN': '核对机器人的安全设置', en: 'Compare with the robot’s security settings' },
}

/** Robots of groups in WeCom, DingTalk and Feishu. */
export const robotCodes = {
  'robot--1': often,
  'robot-45009': often,
  'robot-45033': often,
  'robot-130101': often,
  'robot-11232': often,
  'robot-9499': often,
  'robot-93000': gone,
  'robot-93004': gone,
  'robot-93008': gone,
  'robot-300001': gone,
  'robot-400101': gone,
  'robot-400102': gone,
  'robot-19001': gone,
  'robot-19021': signature,
  'robot-19022': signature,
  'robot-310000': signature,
} as const satisfies CodeTable
