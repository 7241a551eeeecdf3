import { expect, test } from 'vitest'
import { aliyunAuthorization, canonicalQuery } from './aliyun-signature.ts'
import { tencentAuthorization } from './tencent-signature.ts'

test('a request to Aliyun is signed as its documentation works one out', () => {
  const url = new URL('https://ecs.cn-shanghai.aliyuncs.com/')
  url.search = canonicalQuery([
    ['RegionId', 'cn-shanghai'],
    ['ImageId', 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd'],
  ])
  const headers = {
    host: url.host,
    'x-acs-action': 'RunInstances',
    'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'x-acs-date': '2023-10-26T10:22:32Z',
    'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
    'x-acs-version': '2014-05-26',
  }
  const keys = { keyId: 'YourAccessKeyId', keySecret: 'YourAccessKeySecret' }
  expect(aliyunAuthorization({ method: 'POST', url, headers, body: '' }, keys)).toBe(
    'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  )
})

test('a request to Tencent Cloud is signed as its documentation works one out', () => {
  const request = {
    service: 'cvm',
    host: 'cvm.tencentcloudapi.com',
    contentType: 'application/json; charset=utf-8',
    action: 'DescribeInstances',
    timestamp: 1551113065,
    body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  }
  const keys = {
    keyId: 'AKID********************************',
    keySecret: '********************************',
  }
  expect(tencentAuthorization(request, keys)).toMatch(
    /Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f$/,
  )
})
