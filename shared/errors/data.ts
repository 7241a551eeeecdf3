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
  'row-unreadable': {
    status: 422,
    message: { 'zh-CN': '{what} 读不出来：{reason}', en: '{what} cannot be read: {reason}' },
    mend: {
      'zh-CN': '在「设置 → 读不出的数据」里打开原文，改好或删掉',
      en: 'Open it as text under Settings → Cannot be read, and mend it or delete it there',
    },
  },
  'row-stays': {
    status: 409,
    message: { 'zh-CN': '这一项不能在这里删除：{what}', en: 'This cannot be deleted here: {what}' },
    mend: {
      'zh-CN': '把原文改好；旅程和人群在各自的列表里删除',
      en: 'Mend its text; journeys and audiences are deleted in their own lists',
    },
  },
  'disk-full': {
    status: 503,
    message: { 'zh-CN': '磁盘满了，写不下数据', en: 'The disk is full, data cannot be written' },
    mend: {
      'zh-CN': '腾出一些空间：运行中的鹊桥会自己接着做，没启动的再启动一次；已经保存的数据都还在',
      en: 'Free some space: a running Magpie goes on by itself, one that did not start is started again; nothing that was saved is lost',
    },
  },
  'store-busy': {
    status: 503,
    message: {
      'zh-CN': '数据文件 {file} 正被另一个程序锁着，暂时写不进去',
      en: 'Another program has locked the data in {file}, which cannot be written for now',
    },
    mend: {
      'zh-CN': '过几秒再试；一直这样的话，结束占着它的程序（备份工具、数据库浏览器等），鹊桥会自己接着做',
      en: 'Try again in some seconds; if it stays so, end the program that holds it (a backup tool, a database browser), and Magpie goes on by itself',
    },
  },
  'disk-failing': {
    status: 503,
    message: {
      'zh-CN': '磁盘读写 {file} 时出错：{detail}',
      en: 'The disk fails at reading or writing {file}: {detail}',
    },
    mend: {
      'zh-CN': '检查磁盘和它的连接；恢复以后鹊桥会自己接着做',
      en: 'Check the disk and how it is connected; once it works again, Magpie goes on by itself',
    },
  },
  'store-unwritable': {
    status: 503,
    message: {
      'zh-CN': '数据文件 {file} 不能写入：{detail}',
      en: 'The data in {file} may not be written: {detail}',
    },
    mend: {
      'zh-CN': '检查文件和所在目录的权限、磁盘是不是只读；改好以后鹊桥会自己接着做',
      en: 'Check the rights of the file and its folder, and whether the disk is read-only; then Magpie goes on by itself',
    },
  },
  'store-damaged': {
    status: 503,
    message: { 'zh-CN': '数据文件 {file} 已经损坏', en: 'The data in {file} are damaged' },
    mend: {
      'zh-CN': '停掉鹊桥，用 npm run -s magpie -- check --data 目录 查看损坏，再用 restore 换回备份',
      en: 'Stop Magpie, look at the damage with npm run -s magpie -- check --data DIR, and put a backup in its place with restore',
    },
  },
  'store-log-damaged': {
    status: 503,
    message: {
      'zh-CN': '{file}-wal 已经损坏，里面是数据文件 {file} 最近的改动',
      en: '{file}-wal is damaged, which holds the latest changes of the data in {file}',
    },
    mend: {
      'zh-CN':
        '用 npm run -s magpie -- restore 换上最近的备份；没有备份的话，把 {file}-wal 挪到别处再启动，只丢最近的改动',
      en: 'Put the newest backup in its place with npm run -s magpie -- restore; without one, move {file}-wal elsewhere and start again, which loses the latest changes alone',
    },
  },
  'brand-restorable': {
    status: 503,
    message: {
      'zh-CN': '品牌 {brand} 的数据文件损坏、不见了或被换成了别的文件；最近一次备份是 {at} 的 {backup}',
      en: 'The data of the brand {brand} are damaged, gone or another file lies in their place; they were last backed up at {at}, to {backup}',
    },
    mend: {
      'zh-CN':
        '停掉鹊桥，运行 npm run -s magpie -- restore "{backup}" --data "{folder}" --brand {brand}，再启动',
      en: 'Stop Magpie, run npm run -s magpie -- restore "{backup}" --data "{folder}" --brand {brand}, and start again',
    },
  },
  'installation-damaged': {
    status: 500,
    message: {
      'zh-CN': '记着有哪些品牌的文件 {file} 已经损坏',
      en: 'The file {file}, which says which brands there are, is damaged',
    },
    mend: {
      'zh-CN': '把它挪到别处再启动：各品牌的数据会重新认出来，只是要重新登录',
      en: 'Move it elsewhere and start again: the brands’ data are found again, only logins have to be renewed',
    },
  },
  'backup-unusable': {
    status: 422,
    message: {
      'zh-CN': '{file} 不能用来还原：{detail}',
      en: '{file} cannot be restored from: {detail}',
    },
    mend: {
      'zh-CN': '换一个备份；原来的数据没有动过',
      en: 'Take another backup; the data were left as they are',
    },
  },
  'migration-failed': {
    status: 500,
    message: {
      'zh-CN': '{file} 没能升级到这个版本的格式：{detail}',
      en: '{file} could not be brought to the form of this release: {detail}',
    },
    mend: {
      'zh-CN': '文件没有改动，可以继续用原来的版本；请把这句话告诉工程师',
      en: 'The file was left as it was, for the release before; tell an engineer these words',
    },
  },
  'store-gone': {
    status: 503,
    message: {
      'zh-CN': '数据文件 {file} 不见了，或者被换成了别的文件',
      en: 'The file of data {file} is gone, or another lies in its place',
    },
    mend: {
      'zh-CN': '把原来的文件放回去，或用 npm run -s magpie -- restore 换上备份，再重新启动',
      en: 'Put the file back, or a backup by npm run -s magpie -- restore, and start again',
    },
  },
} as const satisfies Record<string, ErrorEntry>
