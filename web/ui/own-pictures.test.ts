import { expect, test } from 'vitest'
import { ownPictures } from './own-pictures.ts'

const path = `/a/${'0f'.repeat(32)}.png`

test('a picture of the brand is fetched from where the page is open', () => {
  expect(ownPictures(`<img src="https://mail.example.com:8443${path}" alt="横幅">`)).toBe(
    `<img src="${path}" alt="横幅">`,
  )
})

test('pictures of others stay where they are', () => {
  const other = '<img src="https://cdn.example.com/a/banner.png"><a href="https://example.com/a/1">看看</a>'
  expect(ownPictures(other)).toBe(other)
})
