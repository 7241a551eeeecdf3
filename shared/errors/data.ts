import type { ErrorEntry } from './entry.ts'

/** The folder of data and its files. */
export const data = {
  'foreign-database': {
    status: 500,
    message: { 'zh-CN': '{file} 不是 Magpie 的数据库', en: '{file} is no database of Magpie' },
    mend: { 'zh-CN': '换一个目录，原文件没有改动', en: 'Name another folder; the file was left as it is' },
  },
  'data-newer': {
    status: 500,
    message: {
      'zh-CN': '{file} 是更新版本的 Magpie 写的，这个版本打不开',
      en: '{file} was written by a newer release of Magpie, which this one cannot open',
    },
    mend: { 'zh-CN': '升级 Magpie，或换一个目录', en: 'Upgrade Magpie, or name another folder' },
  },
  'folder-unusable': {
    status: 500,
    message: {
      'zh-CN': '目录 {folder} 无法存放数据：{detail}',
      en: 'The folder {folder} cannot hold the data: {detail}',
    },
    mend: {
      'zh-CN': '检查它是不是一个可以写入的目录，或换一个',
      en: 'Check that it is a folder which may be written, or name another',
    },
  },
  'file-unwritable': {
    status: 500,
    message: { 'zh-CN': '{file} 写不进去：{detail}', en: '{file} cannot be written: {detail}' },
    mend: {
      'zh-CN': '检查所在的目录在不在、能不能写入',
      en: 'Check that its folder is there and may be written',
    },
  },
  'backup-onto-itself': {
    status: 400,
    message: {
      'zh-CN': '{file} 正是要备份的数据库',
      en: '{file} is the very database that is to be backed up',
    },
    mend: { 'zh-CN': '换一个文件名', en: 'Name another file' },
  },
  'no-database': {
    status: 404,
    message: { 'zh-CN': '{folder} 里没有 Magpie 的数据', en: 'There is no Magpie data in {folder}' },
    mend: { 'zh-CN': '先用 import 导入，或换一个目录', en: 'Import some first, or name another folder' },
  },
  'data-in-use': {
    status: 500,
    message: {
      'zh-CN': '另一个鹊桥正在使用数据目录 {folder}',
      en: 'Another Magpie is using the data in {folder}',
    },
    mend: {
      'zh-CN': '先停掉那一个，或用 MAGPIE_DATA 指定别的目录',
      en: 'Stop the other one, or name another folder in MAGPIE_DATA',
    },
  },
  'key-file-unreadable': {
    status: 500,
    message: {
      'zh-CN': '密钥文件 {file} 里没有可用的密钥',
      en: 'The key file {file} holds no usable key',
    },
    mend: {
      'zh-CN': '放回原来的密钥文件；如果已经丢失，删掉它再启动，然后在设置里重新填写各个密钥',
      en: 'Put the original file back; if it is lost, delete it, start again and type the secrets anew in the settings',
    },
  },
  'disk-full': {
    status: 507,
    message: { 'zh-CN': '磁盘满了，写不下数据', en: 'The disk is full, data cannot be written' },
    mend: {
      'zh-CN': '腾出一些空间再启动；已经保存的数据都还在',
      en: 'Free some space and start again; nothing that was saved is lost',
    },
  },
} as const satisfies Record<string, ErrorEntry>
