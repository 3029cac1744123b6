/** The order of countries in a dialog. */
import { ordered } from '../../../node-red/editor/fields/country-order';

const named = (...labels: string[]) => labels.map((label) => ({ label }));
const COUNTRIES = 'common.own.defaultCountry';

it.each([
	['en-US', named('Germany', 'Australia', 'Belgium'), named('Australia', 'Belgium', 'Germany')],
	[
		'de',
		named('Australien', 'Österreich', 'Polen', 'Norwegen'),
		named('Australien', 'Norwegen', 'Österreich', 'Polen'),
	],
	['zh-CN', named('中国', '德国', '奥地利'), named('奥地利', '德国', '中国')],
])('is that of the names in %s', (language, countries, expected) => {
	expect(ordered(countries, COUNTRIES, language)).toEqual(expected);
});

it('leaves all other choices as they are', () => {
	expect(ordered(named('skip', 'fail'), 'common.own.problemRows', 'en-US')).toEqual(named('skip', 'fail'));
});
