import type { ErrorEntry } from './entry.ts'

/** The store of pictures. */
export const assets = {
  'asset-not-picture': {
    status: 422,
    message: {
      'zh-CN': '这个文件不是图片，或不是能用的图片',
      en: 'This file is no picture, or none that can be used',
    },
    mend: {
      'zh-CN': '用 PNG、JPEG、GIF 或 WebP；SVG 可能带脚本，先导出成 PNG',
      en: 'Use PNG, JPEG, GIF or WebP; SVG may hold scripts, so export it as PNG first',
    },
  },
  'asset-broken': {
    status: 422,
    message: {
      'zh-CN': '这张图片读不全，或大得打不开',
      en: 'This picture is broken, or too large to be opened',
    },
    mend: {
      'zh-CN': '在看图软件里打开，另存一份小些的再上传',
      en: 'Open it in a program for pictures, save a smaller copy and upload that',
    },
  },
  'asset-too-large': {
    status: 422,
    message: {
      'zh-CN': '缩小到 {side} 像素后仍有 {size} kB，最多 {limit} kB',
      en: 'Made smaller to {side} pixels it still has {size} kB; {limit} kB at most are kept',
    },
    mend: {
      'zh-CN': '换成 JPEG 或 WebP，动图减少帧数',
      en: 'Save it as JPEG or WebP; of an animation leave some frames out',
    },
  },
  'asset-exists': {
    status: 409,
    message: { 'zh-CN': '已经有键为 {asset} 的素材', en: 'There is an asset {asset} already' },
    mend: {
      'zh-CN': '换一个键，或替换原来的图片',
      en: 'Choose another key, or replace the picture there is',
    },
  },
  'asset-in-use': {
    status: 409,
    message: { 'zh-CN': '素材 {asset} 正被 {user} 使用', en: 'The asset {asset} is used by {user}' },
    mend: {
      'zh-CN': '先在那里换成别的图片；运行中的旅程要发布新版本并等旧版本走完',
      en: 'Show another picture there first; of a journey that runs, publish that and let the earlier version end',
    },
  },
  'assets-too-many': {
    status: 422,
    message: {
      'zh-CN': '素材库已有 {limit} 张图片，放不下了',
      en: 'The store holds {limit} pictures, and no more can be kept',
    },
    mend: { 'zh-CN': '删除不用的图片', en: 'Delete pictures that are not used' },
  },
  'assets-full': {
    status: 422,
    message: {
      'zh-CN': '素材库满了：最多 {limit} MB',
      en: 'The store of pictures is full: {limit} MB at most',
    },
    mend: {
      'zh-CN': '删除不用的图片，或上传小些的',
      en: 'Delete pictures that are not used, or upload smaller ones',
    },
  },
} as const satisfies Record<string, ErrorEntry>
